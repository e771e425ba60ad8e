package io.buildkitefleet.buildkite;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.reflect.TypeToken;
import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.Scalars;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLScalarType;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The GraphQL API: a real engine with Buildkite's schema, as far as that is asked for. */
final class StandInGraphql {
    private static final Path SCHEMA = Path.of("src/test/resources/providers/buildkite.graphql");

    private final StandInState state;
    private final GraphQL engine;

    StandInGraphql(StandInState state) throws IOException {
        this.state = state;
        var wiring = RuntimeWiring.newRuntimeWiring()
                .scalar(GraphQLScalarType.newScalar()
                        .name("DateTime")
                        .coercing(Scalars.GraphQLString.getCoercing())
                        .build())
                .type("Query", type -> type.dataFetcher("organization", this::organization))
                .type("Organization", type -> type.dataFetcher("jobs", this::jobs))
                .type(
                        "Job",
                        type -> type.typeResolver(
                                environment -> environment.getSchema().getObjectType("JobTypeCommand")))
                .build();
        var types = new SchemaParser().parse(Files.readString(SCHEMA));
        engine = GraphQL.newGraphQL(new SchemaGenerator().makeExecutableSchema(types, wiring))
                .build();
    }

    StandInReply reply(Optional<StandInState.Token> token, JsonObject body) {
        if (token.isEmpty()) {
            return StandInReply.graphqlRefusal("graphqlToken");
        }
        if (!token.get().scopes().contains(StandInAnswers.TABLE.scope("graphql").orElseThrow())) {
            return StandInReply.graphqlRefusal("graphqlScope");
        }
        Map<String, Object> variables =
                new Gson().fromJson(body.get("variables"), new TypeToken<Map<String, Object>>() {}.getType());
        var result = engine.execute(
                ExecutionInput.newExecutionInput(body.get("query").getAsString())
                        .variables(variables == null ? Map.of() : variables)
                        .build());
        return StandInReply.of(200, result.toSpecification());
    }

    private Object organization(DataFetchingEnvironment environment) {
        return StandInState.ORGANIZATION.equals(environment.getArgument("slug"))
                ? Map.of(
                        "id", StandInState.graphqlId("Organization", StandInState.ORGANIZATION),
                        "slug", StandInState.ORGANIZATION,
                        "name", StandInState.ORGANIZATION)
                : null;
    }

    private Object jobs(DataFetchingEnvironment environment) {
        List<String> queues = environment.getArgument("clusterQueue");
        List<String> states = environment.getArgument("state");
        var nodes = new ArrayList<Map<String, Object>>();
        synchronized (state) {
            state.clusters().stream()
                    .flatMap(cluster -> cluster.queues().stream())
                    .filter(queue -> queues == null || queues.contains(queue.graphqlId()))
                    .flatMap(queue -> queue.jobs.stream())
                    .filter(job -> states == null || states.contains(job.state))
                    .forEach(job -> nodes.add(job(job)));
        }
        return connection(nodes, environment);
    }

    /** The cursor is how many there are before. */
    private static Map<String, Object> connection(
            List<Map<String, Object>> nodes, DataFetchingEnvironment environment) {
        int size = environment.getArgumentOrDefault("first", StandInAnswers.TABLE.limit("connectionByDefault"));
        int from = Integer.parseInt(environment.getArgumentOrDefault("after", "0"));
        int to = Math.min(from + size, nodes.size());
        var info = new HashMap<String, Object>(Map.of("hasNextPage", to < nodes.size(), "hasPreviousPage", from > 0));
        info.put("endCursor", to == from ? null : String.valueOf(to));
        return Map.of(
                "count",
                nodes.size(),
                "pageInfo",
                info,
                "edges",
                nodes.subList(from, to).stream()
                        .map(node -> Map.of("cursor", "", "node", node))
                        .toList());
    }

    private static Map<String, Object> job(StandInState.Job job) {
        var queue = job.queue;
        return Map.of(
                "id",
                StandInState.graphqlId("Job", job.id),
                "uuid",
                job.id,
                "state",
                job.state,
                "url",
                "https://buildkite.com/" + StandInState.ORGANIZATION + "/app/builds/1#" + job.id,
                "agentQueryRules",
                List.of("queue=" + queue.key),
                "clusterQueue",
                Map.of(
                        "id",
                        queue.graphqlId(),
                        "uuid",
                        queue.id,
                        "key",
                        queue.key,
                        "dispatchPaused",
                        queue.pause.isPresent()));
    }
}

package io.buildkitefleet.operate;

import com.google.gson.Gson;
import io.buildkitefleet.cloud.Permission;
import io.buildkitefleet.text.Listing;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether Google allows whoever deploys what the stack's resources need. gcloud has no command for the question, so its
 * token asks {@code testIamPermissions} of the Resource Manager.
 */
final class HeldPermissions {
    /**
     * Where gcloud asks it, if not at Google itself.
     *
     * @see <a href="https://cloud.google.com/sdk/gcloud/reference/topic/endpoint-override">gcloud's own variable</a>
     */
    static final String ENDPOINT = "CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDRESOURCEMANAGER";

    private static final String GOOGLE = "https://cloudresourcemanager.googleapis.com";
    private static final String WHAT = "permissions";

    /** How many other programs ask for at a time, which say that it takes no more. */
    private static final int AT_A_TIME = 100;

    private static final int OK = 200;
    private static final int FORBIDDEN = 403;

    /** More of them do not fit a line that a person reads. */
    private static final int NAMED = 5;

    private final Machine machine;
    private final Credentials credentials;
    private final String project;
    private final Duration patience;

    /** Google did not answer, for this reason. */
    private static final class SilenceException extends Exception {
        private static final long serialVersionUID = 1L;

        SilenceException(String reason) {
            super(reason);
        }
    }

    /** @param patience how long one answer may take */
    HeldPermissions(Machine machine, Credentials credentials, String project, Duration patience) {
        this.machine = machine;
        this.credentials = credentials;
        this.project = project;
        this.patience = patience;
    }

    /**
     * @param needed what an update of the stack needs
     * @param roles the command that shows the role to be granted
     */
    Prerequisite examine(List<Permission> needed, String roles) {
        var token = credentials.token();
        if (token.text().isEmpty()) {
            return Prerequisite.unknown(
                    WHAT,
                    "not asked, that takes gcloud and Google credentials; what " + needed.size() + " are needed shows",
                    roles);
        }
        var names = needed.stream().map(Permission::name).toList();
        try {
            var held = new HashSet<String>();
            for (int from = 0; from < names.size(); from += AT_A_TIME) {
                held.addAll(held(names.subList(from, Math.min(from + AT_A_TIME, names.size())), token));
            }
            return verdict(names, held, roles);
        } catch (SilenceException silence) {
            return Prerequisite.unknown(
                    WHAT,
                    "Google does not say which of " + names.size() + " are held (" + silence.getMessage()
                            + "); what is needed shows",
                    roles);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Prerequisite.unknown(WHAT, "the question was interrupted; what is needed shows", roles);
        }
    }

    private static Prerequisite verdict(List<String> names, Set<String> held, String roles) {
        var lacking = names.stream().filter(name -> !held.contains(name)).toList();
        if (lacking.isEmpty()) {
            return Prerequisite.good(WHAT, "all " + names.size() + " that pulumi up needs of Google");
        }
        return Prerequisite.missing(
                WHAT,
                "whoever deploys lacks " + lacking.size() + " of " + names.size() + ": "
                        + Listing.of(lacking, NAMED)
                        + "; have an owner grant a role with them (docs/deployer.md)",
                roles + " --role up --out up-role.yaml");
    }

    /**
     * A person's own login has no project to which questions count, so the stack's is named, which not everybody may
     * do; a service account has one.
     */
    private Set<String> held(List<String> names, Reply token) throws SilenceException, InterruptedException {
        var response = send(names, token, !credentials.isServiceAccount());
        if (response.statusCode() == FORBIDDEN && !credentials.isServiceAccount()) {
            response = send(names, token, false);
        }
        var answer = JsonAnswer.parse(response.body());
        if (response.statusCode() != OK || answer.isEmpty()) {
            var message = answer.flatMap(json -> json.field("error"))
                    .flatMap(error -> error.text("message"))
                    .map(text -> ": " + text)
                    .orElse("");
            throw new SilenceException("it answers with " + response.statusCode() + message);
        }
        return answer.get().field("permissions").stream()
                .flatMap(list -> list.items().stream())
                .flatMap(name -> name.text().stream())
                .collect(Collectors.toSet());
    }

    private HttpResponse<String> send(List<String> names, Reply token, boolean inNameOfProject)
            throws SilenceException, InterruptedException {
        var request = HttpRequest.newBuilder(address())
                .timeout(patience)
                .header("Authorization", "Bearer " + token.text().orElseThrow().strip())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(new Gson().toJson(Map.of("permissions", names))));
        if (inNameOfProject) {
            request.header("X-Goog-User-Project", project);
        }
        try {
            return HttpClient.newBuilder()
                    .connectTimeout(patience)
                    .build()
                    .send(request.build(), BodyHandlers.ofString());
        } catch (IOException broken) {
            var text = broken.getMessage() == null ? broken.getClass().getSimpleName() : broken.getMessage();
            throw new SilenceException("no answer: " + text.replaceAll("\\s+", " "));
        }
    }

    /** The token goes there, so nobody on the way may read it. */
    private URI address() throws SilenceException {
        var base = machine.variable(ENDPOINT).orElse(GOOGLE).replaceFirst("/+$", "");
        if (!base.startsWith("https://") && !base.matches("http://(127\\.0\\.0\\.1|localhost)(:\\d+)?")) {
            throw new SilenceException(ENDPOINT + " must begin with https://, got: " + base);
        }
        return URI.create(base + "/v3/projects/" + project + ":testIamPermissions");
    }
}

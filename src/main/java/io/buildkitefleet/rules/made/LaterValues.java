package io.buildkitefleet.rules.made;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.diff.InputPaths;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.resources.ProviderType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the program learns from other resources once they are there, and a plan of what is up says. It is a name of one
 * of those resources, with its project, and so nobody else's.
 */
final class LaterValues {
    private static final String MEMBER = "member";
    private static final String KEY_RING = "keyRing";

    /** What Google calls its own accounts in a project, of which the program does not know the number. */
    private static final Pattern AGENT =
            Pattern.compile("serviceAccount:service-(\\d+)@[a-z-]+\\.iam\\.gserviceaccount\\.com");

    private static final Pattern POOL_MEMBER = Pattern.compile(
            "principal(?:Set)?://iam\\.googleapis\\.com/projects/(\\d+)/locations/global/workloadIdentityPools/([a-z0-9-]+)/.+");

    private static final Pattern COMPUTE =
            Pattern.compile("https://(www|compute)\\.googleapis\\.com/compute/(v1|beta)/");

    private static final Pattern PATH =
            Pattern.compile("projects/([^/]+)(?:/(global|locations|regions|zones)(?:/([^/]+))??)?/[A-Za-z]+/([^/]+)");

    private static final List<String> NAMES = List.of("name", "secretId", "accountId", "workloadIdentityPoolId");

    private final Map<String, Registration> made;
    private final Map<String, Registration> planned = new HashMap<>();
    private final Optional<String> number;

    /**
     * @param made what the program makes, by URN
     * @param planned what a plan of it says
     */
    LaterValues(Map<String, Registration> made, List<Registration> planned) {
        this.made = made;
        planned.forEach(resource -> this.planned.put(resource.urn(), resource));
        this.number = planned.stream().flatMap(this::number).findFirst();
    }

    /** Whether a value that the program does not know can be what it learns, or is still not known or not shown. */
    boolean hold(Registration twin, String path, JsonElement value) {
        if (PropertyValues.isUnknown(value) || PropertyValues.isMask(value)) {
            return true;
        }
        if (value.isJsonNull() || twin.type().equals(ProviderType.KUBERNETES.token())) {
            return false;
        }
        var origins = origins(twin, InputPaths.input(path)).toList();
        return value.isJsonPrimitive()
                ? isOf(origins, value.getAsString())
                : texts(value).anyMatch(text -> isOf(origins, text))
                        && texts(value).allMatch(text -> !text.contains("/") || isOf(origins, text));
    }

    /** Where a grant is in between, what it is on. */
    private Stream<Registration> origins(Registration twin, String input) {
        return twin.propertyDependencies().getOrDefault(input, List.of()).stream()
                .flatMap(urn -> Stream.ofNullable(made.get(urn)))
                .flatMap(origin -> isGrantOnKey(origin) ? origins(origin, "cryptoKeyId") : Stream.of(origin))
                .map(origin -> planned.getOrDefault(origin.urn(), origin));
    }

    private static boolean isGrantOnKey(Registration origin) {
        return is(origin, GoogleType.CRYPTO_KEY_MEMBER);
    }

    private boolean isOf(List<Registration> origins, String text) {
        return origins.stream().anyMatch(origin -> isOf(origin, text));
    }

    private boolean isOf(Registration origin, String text) {
        if (origin.type().startsWith("gcp:projects/service")) {
            return match(AGENT, text)
                    .filter(agent -> isOwnNumber(agent.group(1)))
                    .isPresent();
        }
        if (is(origin, GoogleType.SECRET_VERSION)) {
            return text.matches("\\d+");
        }
        if (is(origin, GoogleType.CRYPTO_KEY)) {
            return text.equals(text(origin, KEY_RING) + "/cryptoKeys/" + text(origin, "name"));
        }
        return match(POOL_MEMBER, text)
                .map(member -> isOwnNumber(member.group(1)) && isName(origin, member.group(2)))
                .orElseGet(() -> isName(origin, text) || isPath(origin, text));
    }

    private boolean isPath(Registration origin, String text) {
        return match(PATH, COMPUTE.matcher(text).replaceFirst(""))
                .filter(path -> path.group(1).equals(text(origin, "project")))
                .filter(path -> path.group(3) == null
                        || path.group(3).equals(text(origin, "location"))
                        || path.group(3).equals(text(origin, "region")))
                .filter(path -> isName(origin, path.group(4)))
                .isPresent();
    }

    private static boolean isName(Registration origin, String text) {
        return NAMES.stream()
                .map(input -> text(origin, input))
                .filter(name -> !name.isEmpty())
                .anyMatch(name -> text.equals(name)
                        || is(origin, GoogleType.ACCOUNT)
                                && text.equals(name + "@" + text(origin, "project") + ".iam.gserviceaccount.com"));
    }

    private boolean isOwnNumber(String text) {
        return number.filter(text::equals).isPresent();
    }

    /** The number of the project, as the first grant says it to somebody whom the program does not know. */
    private Stream<String> number(Registration resource) {
        var twin = made.get(resource.urn());
        if (twin == null || !PropertyValues.isUnknown(twin.inputs().get(MEMBER))) {
            return Stream.empty();
        }
        var member = text(resource, MEMBER);
        return Stream.of(AGENT, POOL_MEMBER)
                .flatMap(form -> match(form, member).stream())
                .map(found -> found.group(1));
    }

    private static Optional<MatchResult> match(Pattern form, String text) {
        return Optional.of(form.matcher(text))
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.toMatchResult());
    }

    private static boolean is(Registration resource, GoogleType type) {
        return resource.type().equals(type.token());
    }

    private static String text(Registration resource, String input) {
        return resource.inputs().get(input) instanceof JsonPrimitive text ? text.getAsString() : "";
    }

    private static Stream<String> texts(JsonElement value) {
        if (value instanceof JsonObject object) {
            return object.asMap().values().stream().flatMap(LaterValues::texts);
        }
        if (value instanceof JsonArray list) {
            return list.asList().stream().flatMap(LaterValues::texts);
        }
        return value instanceof JsonPrimitive text ? Stream.of(text.getAsString()) : Stream.empty();
    }
}

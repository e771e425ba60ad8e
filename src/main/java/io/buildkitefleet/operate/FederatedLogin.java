package io.buildkitefleet.operate;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The service account that Google's libraries act as by a token of somebody else's, such as Buildkite or GitHub:
 * https://google.aip.dev/auth/4117
 */
public final class FederatedLogin {
    private static final Pattern IMPERSONATED = Pattern.compile(".*/serviceAccounts/([^/:]+):generateAccessToken");

    private FederatedLogin() {}

    /**
     * Its address; none if they act as somebody else, or nobody can read how.
     *
     * @param variable the value of a variable, none if it is not set or empty
     */
    public static Optional<String> account(Function<String, Optional<String>> variable) {
        return variable.apply("GOOGLE_APPLICATION_CREDENTIALS")
                .flatMap(FederatedLogin::read)
                .map(file -> file.get("service_account_impersonation_url"))
                .filter(JsonElement::isJsonPrimitive)
                .map(url -> IMPERSONATED.matcher(url.getAsString()))
                .filter(Matcher::matches)
                .map(url -> url.group(1));
    }

    private static Optional<JsonObject> read(String file) {
        try {
            return Optional.of(JsonParser.parseString(Files.readString(Path.of(file))))
                    .filter(JsonElement::isJsonObject)
                    .map(JsonElement::getAsJsonObject);
        } catch (IOException | JsonParseException | InvalidPathException unreadable) {
            return Optional.empty();
        }
    }
}

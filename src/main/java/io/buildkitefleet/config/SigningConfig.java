package io.buildkitefleet.config;

import com.google.gson.JsonObject;
import io.buildkitefleet.config.read.Place;
import io.buildkitefleet.config.read.Section;
import io.buildkitefleet.signing.JsonWebKey;
import io.buildkitefleet.signing.KeySet;
import io.buildkitefleet.signing.MisplacedKeys;
import java.util.List;
import java.util.Optional;

/**
 * Signed pipelines: which key signs steps, and who runs nothing else.
 *
 * @param queues the queues whose agents run signed steps alone
 * @param keyId what the key that signs is called; none where there is but one public key
 * @param publicKeys the keys with which agents verify
 */
public record SigningConfig(List<String> queues, Optional<String> keyId, KeySet publicKeys) {
    /** The queue whose jobs upload pipelines and sign their steps. */
    public static final String UPLOAD_QUEUE = "upload";

    static SigningConfig read(Section in) {
        return new SigningConfig(
                in.field("queues", "Trusted queues that run signed steps alone; queue `upload` signs them")
                        .names("the name of a queue")
                        .required(),
                in.field("keyId", "The key that signs, by its `kid`; `signingKey` is the secret that holds it")
                        .text(JsonWebKey.ID, JsonWebKey.ID_WORDS)
                        .optional("the only one of `publicKeys`"),
                publicKeys(
                        in,
                        in.field(
                                        "publicKeys",
                                        "Keys that agents verify steps with; `./fleet keys` makes them and says how to change them")
                                .objects("a public JSON Web Key, as `./fleet keys` prints it", MisplacedKeys::flaw)
                                .required()));
    }

    /** The public half of the key that signs, if it is known which that is. */
    public Optional<JsonWebKey> signingKey() {
        return keyId.map(publicKeys::find).orElseGet(() -> publicKeys.keys().stream()
                .findFirst()
                .filter(only -> publicKeys.keys().size() == 1));
    }

    private static KeySet publicKeys(Section in, List<JsonObject> objects) {
        var keys = objects.stream().map(JsonWebKey::new).toList();
        in.place().at("publicKeys").eachAfter(keys, SigningConfig::publicKey);
        return new KeySet(keys);
    }

    private static void publicKey(Place place, JsonWebKey key, List<JsonWebKey> earlier) {
        key.publicFlaw().ifPresent(flaw -> place.add(flaw.member(), flaw.message()));
        if (!key.id().isEmpty() && earlier.stream().anyMatch(other -> other.id().equals(key.id()))) {
            place.add("kid", "must be its own, got \"" + key.id() + "\" a second time");
        } else if (key.publicFlaw().isEmpty()) {
            earlier.stream()
                    .filter(other -> other.publicFlaw().isEmpty() && other.isSameKeyAs(key))
                    .findFirst()
                    .ifPresent(other -> place.add("is the key " + other.id() + " under another name, got kid \""
                            + key.id() + "\"; whoever has one has both: make another with ./fleet keys"));
        }
    }
}

package io.buildkitefleet.signing;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A key in the form of RFC 7517. What is said of one never holds a value of a private one.
 *
 * @param members as they were written, right or wrong
 */
public record JsonWebKey(JsonObject members) {
    /** What a key may be called; the agent takes any text, and this one stands in commands and in file names. */
    public static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

    public static final String ID_WORDS =
            "1 to 64 letters, digits, _ . and -, beginning with a letter or a digit, as in key-2026-11-28";

    private static final int SHOWN = 40;

    public JsonWebKey {
        members = members.deepCopy();
    }

    /** A copy: a key does not change. */
    @Override
    public JsonObject members() {
        return members.deepCopy();
    }

    /** {@code kid}; empty if there is none. */
    public String id() {
        return text("kid").orElse("");
    }

    /** Whether it has what only the signer may have. */
    public boolean isPrivate() {
        return secretMember().isPresent();
    }

    /** What keeps the agent from verifying with it, or others from reading it. */
    public Optional<KeyFlaw> publicFlaw() {
        return secretMember()
                .map(member -> new KeyFlaw(member, "is of a private key, " + MisplacedKeys.MEND_PRIVATE))
                .or(() -> MisplacedKeys.within(members))
                .or(this::headFlaw)
                .or(() -> numbersFlaw(kind().publicNumbers().stream()));
    }

    private Optional<String> secretMember() {
        return MisplacedKeys.PRIVATE.stream().filter(members::has).sorted().findFirst();
    }

    /** Whether the other is the same key, whatever it is called; both are without flaw. */
    public boolean isSameKeyAs(JsonWebKey other) {
        return kind() == other.kind()
                && kind().publicNumbers().stream()
                        .allMatch(number -> KeyNumbers.number(this, number).equals(KeyNumbers.number(other, number)));
    }

    /** What keeps the agent from signing with it. */
    public Optional<KeyFlaw> privateFlaw() {
        return headFlaw()
                .or(() -> isPrivate()
                        ? Optional.empty()
                        : Optional.of(new KeyFlaw("", "it is a public key, with which nobody can sign")))
                .or(() ->
                        numbersFlaw(Stream.concat(kind().publicNumbers().stream(), kind().privateNumbers().stream())));
    }

    private Optional<KeyFlaw> headFlaw() {
        if (!ID.matcher(id()).matches()) {
            return Optional.of(new KeyFlaw("kid", "must be " + ID_WORDS + ", got " + shown("kid")));
        }
        var kind = text("alg").flatMap(KeyKind::of);
        if (kind.isEmpty()) {
            return Optional.of(new KeyFlaw(
                    "alg", "must be one that the agent takes (" + KeyKind.algorithms() + "), got " + shown("alg")));
        }
        return wrong("kty", Optional.of(kind.get().type()))
                .or(() -> wrong("crv", kind.get().curve()))
                .or(() -> members.has("use") ? wrong("use", Optional.of("sig")) : Optional.empty());
    }

    private Optional<KeyFlaw> wrong(String member, Optional<String> wanted) {
        return text(member).equals(wanted)
                ? Optional.empty()
                : Optional.of(new KeyFlaw(
                        member,
                        "must be " + wanted.orElse("left out") + " with alg "
                                + text("alg").orElseThrow() + ", got " + shown(member)));
    }

    private Optional<KeyFlaw> numbersFlaw(Stream<String> names) {
        var unreadable = names.filter(name -> bytes(name).isEmpty()).findFirst();
        if (unreadable.isPresent()) {
            return unreadable.map(member -> new KeyFlaw(member, "must be a number in base64url without padding"));
        }
        return KeyNumbers.flaw(this);
    }

    KeyKind kind() {
        return text("alg").flatMap(KeyKind::of).orElseThrow();
    }

    /** A number of the key; nothing if it is missing or not in base64url. */
    Optional<byte[]> bytes(String member) {
        return text(member)
                .filter(text -> !text.isEmpty() && !text.contains("="))
                .flatMap(JsonWebKey::decoded);
    }

    private static Optional<byte[]> decoded(String text) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private Optional<String> text(String member) {
        return Optional.ofNullable(members.get(member))
                .filter(JsonElement::isJsonPrimitive)
                .filter(value -> value.getAsJsonPrimitive().isString())
                .map(JsonElement::getAsString);
    }

    /** Of the members that are no secret. */
    private String shown(String member) {
        if (!members.has(member)) {
            return "none";
        }
        var value = Objects.toString(members.get(member));
        return value.length() > SHOWN ? value.substring(0, SHOWN) + "..." : value;
    }
}

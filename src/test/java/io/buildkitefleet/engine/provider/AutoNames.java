package io.buildkitefleet.engine.provider;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Gives a name to a resource that has none: its logical name and some digits. The real providers take random ones; here
 * they follow from the URN, so that two runs agree.
 */
final class AutoNames {
    private static final int DIGITS = 7;
    private static final String METADATA = "metadata";
    private static final String NAME = "name";

    private AutoNames() {}

    /**
     * The inputs with a name.
     *
     * @param olds the inputs of the resource that is there, whose name is kept; empty for a new one
     * @param isFree whether inputs lead to an id that nobody has yet
     */
    static Struct complete(SdkType type, String urn, Struct news, Struct olds, Predicate<Struct> isFree) {
        if (!needsName(type, Values.plain(news))) {
            return news;
        }
        var old = isKubernetesObject(type)
                ? Values.text(Values.plain(olds), METADATA, NAME)
                : Values.text(Values.plain(olds), NAME);
        if (old.isPresent()) {
            return withName(type, news, old.get());
        }
        for (int attempt = 0; ; attempt++) {
            var named = withName(type, news, logicalName(urn) + "-" + digits(urn + attempt));
            if (isFree.test(Values.plain(named))) {
                return named;
            }
        }
    }

    /** Whether a name is one of those that are given here. */
    static boolean isGiven(String urn, String name) {
        return name.matches(Pattern.quote(logicalName(urn)) + "-[0-9a-f]{" + DIGITS + "}");
    }

    static String logicalName(String urn) {
        return urn.split("::", 4)[3];
    }

    private static boolean needsName(SdkType type, Struct news) {
        if (isKubernetesObject(type)) {
            var metadata = news.getFieldsOrDefault(METADATA, Value.getDefaultInstance());
            return !Values.isUnknown(metadata)
                    && !metadata.getStructValue().containsFields(NAME)
                    && !metadata.getStructValue().containsFields("generateName");
        }
        var name = type.inputs().get(NAME);
        return name != null && name.type() == String.class && !news.containsFields(NAME);
    }

    private static boolean isKubernetesObject(SdkType type) {
        return type.token().startsWith("kubernetes:") && type.inputs().containsKey(METADATA);
    }

    private static Struct withName(SdkType type, Struct news, String name) {
        return isKubernetesObject(type)
                ? Values.withNested(news, METADATA, Map.of(NAME, Values.of(name)))
                : news.toBuilder().putFields(NAME, Values.of(name)).build();
    }

    private static String digits(String text) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

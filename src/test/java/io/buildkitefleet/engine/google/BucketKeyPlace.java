package io.buildkitefleet.engine.google;

import com.google.protobuf.Struct;
import io.buildkitefleet.engine.provider.Values;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Cloud Storage takes a key for a bucket where the bucket is, and nowhere else: <a
 * href="https://github.com/googleapis/google-cloud-go/issues/1787">seen</a>. Its multi-region EU is Cloud KMS's europe:
 * <a href="https://github.com/terraform-google-modules/terraform-google-bootstrap/pull/354">seen</a>.
 */
public final class BucketKeyPlace {
    private static final String BUCKET = "gcp:storage/bucket:Bucket";
    private static final Pattern PLACE = Pattern.compile("/locations/([^/]+)/");

    private BucketKeyPlace() {}

    /** What is said of a bucket whose key is elsewhere. */
    public static Optional<String> refusal(String type, Struct inputs) {
        var key = Values.text(inputs, "encryption", "defaultKmsKeyName").map(PLACE::matcher);
        if (!type.equals(BUCKET) || key.isEmpty() || !key.get().find()) {
            return Optional.empty();
        }
        var place = key.get().group(1);
        var bucket = Values.text(inputs, "location").orElse("").toUpperCase(Locale.ROOT);
        return place.toUpperCase(Locale.ROOT).equals(bucket.equals("EU") ? "EUROPE" : bucket)
                ? Optional.empty()
                : Optional.of("googleapi: Error 400: Cloud KMS region '" + place
                        + "' not available for use with GCS region '" + bucket + "'., invalid");
    }
}

package io.buildkitefleet.preview;

import io.buildkitefleet.pulumi.Registration;
import java.time.Duration;
import java.util.List;
import pulumirpc.AliasOuterClass;
import pulumirpc.Resource.RegisterResourceRequest;

/**
 * Reads the options of a request, and gives a child what it inherits from its parent.
 *
 * @see <a
 *     href="https://github.com/pulumi/pulumi/blob/v3.182.0/pkg/resource/deploy/source_eval.go">inheritFromParent</a>
 */
final class RequestOptions {
    private RequestOptions() {}

    static Registration.Options of(RegisterResourceRequest request, Registration.Options parent) {
        return new Registration.Options(
                request.hasProtect() ? request.getProtect() : parent.protect(),
                request.hasRetainOnDelete() ? request.getRetainOnDelete() : parent.retainOnDelete(),
                request.getDeletedWith().isEmpty() ? parent.deletedWith() : request.getDeletedWith(),
                List.copyOf(request.getIgnoreChangesList()),
                List.copyOf(request.getReplaceOnChangesList()),
                request.getDeleteBeforeReplace(),
                request.getAliasesList().stream().map(RequestOptions::alias).toList(),
                timeouts(request.getCustomTimeouts()),
                List.copyOf(request.getAdditionalSecretOutputsList()),
                request.getImportId());
    }

    private static Registration.Alias alias(AliasOuterClass.Alias alias) {
        var spec = alias.getSpec();
        return new Registration.Alias(
                alias.getUrn(),
                spec.getName(),
                spec.getType(),
                spec.getStack(),
                spec.getProject(),
                spec.getParentUrn(),
                spec.getNoParent());
    }

    private static Registration.Timeouts timeouts(RegisterResourceRequest.CustomTimeouts timeouts) {
        return new Registration.Timeouts(
                duration(timeouts.getCreate()), duration(timeouts.getUpdate()), duration(timeouts.getDelete()));
    }

    /** The Java SDK writes every duration in nanoseconds: {@code 1800000000000ns}. */
    private static Duration duration(String nanoseconds) {
        return nanoseconds.isEmpty()
                ? Duration.ZERO
                : Duration.ofNanos(Long.parseLong(nanoseconds.substring(0, nanoseconds.length() - "ns".length())));
    }
}

package io.buildkitefleet.preview;

import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.pulumi.Stack;
import io.buildkitefleet.pulumi.Urn;
import java.util.HashMap;
import java.util.Map;
import pulumirpc.Resource.RegisterPackageRequest;
import pulumirpc.Resource.RegisterResourceRequest;

/**
 * Finds the provider of a resource as the engine does: the one it names, else its parent's, else the default one of its
 * package and version.
 *
 * @see <a href="https://github.com/pulumi/pulumi/blob/v3.182.0/pkg/resource/deploy/source_eval.go">resolveProvider</a>
 */
final class ProviderReferences {
    private final Stack stack;
    private final Project project;
    private final Map<String, Map<String, String>> byComponent = new HashMap<>();
    private final Map<String, PackageVersion> packages = new HashMap<>();

    ProviderReferences(Project project, Stack stack) {
        this.project = project;
        this.stack = stack;
    }

    /** The reference under which later requests name this package. */
    String registerPackage(RegisterPackageRequest request) {
        var registered = request.hasParameterization()
                ? new PackageVersion(
                        request.getParameterization().getName(),
                        request.getParameterization().getVersion())
                : new PackageVersion(request.getName(), request.getVersion());
        String reference = registered.name() + "@" + registered.version();
        packages.put(reference, registered);
        return reference;
    }

    /** Empty for a component, and for a provider itself. */
    String of(RegisterResourceRequest request) {
        if (!request.getCustom() || Registration.isProviderType(request.getType())) {
            return "";
        }
        if (!request.getProvider().isEmpty()) {
            return request.getProvider();
        }
        String packageName = packageName(request.getType());
        Map<String, String> inherited = byComponent.getOrDefault(request.getParent(), Map.of());
        String given = request.getProvidersOrDefault(packageName, inherited.getOrDefault(packageName, ""));
        return given.isEmpty() ? defaultOf(request.getType(), request.getVersion(), request.getPackageRef()) : given;
    }

    /** Remembers what a component hands down to its children. */
    void inherit(String urn, RegisterResourceRequest component) {
        var handedDown = new HashMap<>(byComponent.getOrDefault(component.getParent(), Map.of()));
        handedDown.putAll(component.getProvidersMap());
        if (!handedDown.isEmpty()) {
            byComponent.put(urn, handedDown);
        }
    }

    /** The provider that the engine makes for resources of this package that name none. */
    String defaultOf(String type, String version, String packageRef) {
        var used = packages.getOrDefault(packageRef, new PackageVersion(packageName(type), version));
        String name = used.version().isEmpty()
                ? "default"
                : "default_" + used.version().replaceAll("[.+-]", "_");
        String providerType = Registration.providerType(used.name());
        return Urn.of(stack.name(), project.name(), "", providerType, name) + "::" + PropertyValues.UNKNOWN;
    }

    private static String packageName(String type) {
        return type.split(":", 2)[0];
    }

    private record PackageVersion(String name, String version) {}
}

package io.buildkitefleet.preview;

import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.pulumi.Stack;
import io.buildkitefleet.pulumi.Urn;
import java.util.HashMap;
import java.util.Map;
import pulumirpc.Resource.ReadResourceRequest;
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
    private final DefaultProviders defaults;
    private final Map<String, Map<String, String>> byComponent = new HashMap<>();
    private final Map<String, PackageVersion> packages = new HashMap<>();

    ProviderReferences(Project project, Stack stack) {
        this.project = project;
        this.stack = stack;
        this.defaults = DefaultProviders.of(stack);
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

    /**
     * Empty for a component, and for a provider itself.
     *
     * @throws io.buildkitefleet.pulumi.ProjectException if it is a default one that the stack has switched off
     */
    String of(RegisterResourceRequest request, String urn) {
        if (!request.getCustom() || Registration.isProviderType(request.getType())) {
            return "";
        }
        if (!request.getProvider().isEmpty()) {
            return request.getProvider();
        }
        String packageName = packageName(request.getType());
        Map<String, String> inherited = byComponent.getOrDefault(request.getParent(), Map.of());
        String given = request.getProvidersOrDefault(packageName, inherited.getOrDefault(packageName, ""));
        if (!given.isEmpty()) {
            return given;
        }
        PackageVersion used = used(request.getType(), request.getVersion(), request.getPackageRef());
        defaults.require(used.name(), used.name(), urn);
        return defaultOf(used);
    }

    /**
     * That of a resource which is only read.
     *
     * @throws io.buildkitefleet.pulumi.ProjectException if it is a default one that the stack has switched off
     */
    String of(ReadResourceRequest request) {
        if (!request.getProvider().isEmpty()) {
            return request.getProvider();
        }
        String type = request.getType();
        PackageVersion used = used(type, request.getVersion(), request.getPackageRef());
        defaults.require(used.name(), type, type);
        return defaultOf(used);
    }

    /**
     * Refuses a call of a function that names no provider where the stack has switched the default one off.
     *
     * @throws io.buildkitefleet.pulumi.ProjectException if it has
     */
    void requireForCall(String token, String provider, String version, String packageRef) {
        if (provider.isEmpty()) {
            String packageName = used(token, version, packageRef).name();
            defaults.require(packageName, packageName, token);
        }
    }

    /** Remembers what a component hands down to its children. */
    void inherit(String urn, RegisterResourceRequest component) {
        var handedDown = new HashMap<>(byComponent.getOrDefault(component.getParent(), Map.of()));
        handedDown.putAll(component.getProvidersMap());
        if (!handedDown.isEmpty()) {
            byComponent.put(urn, handedDown);
        }
    }

    private PackageVersion used(String token, String version, String packageRef) {
        return packages.getOrDefault(packageRef, new PackageVersion(packageName(token), version));
    }

    /** The provider that the engine makes for what names none. */
    private String defaultOf(PackageVersion used) {
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

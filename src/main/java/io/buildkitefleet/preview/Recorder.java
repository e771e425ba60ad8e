package io.buildkitefleet.preview;

import com.google.gson.JsonObject;
import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.pulumi.ProjectException;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.pulumi.Stack;
import io.buildkitefleet.pulumi.Urn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import pulumirpc.Resource.ReadResourceRequest;
import pulumirpc.Resource.RegisterPackageRequest;
import pulumirpc.Resource.RegisterResourceOutputsRequest;
import pulumirpc.Resource.RegisterResourceRequest;

/** Keeps what the program registers, completed as the engine completes it. Safe for use by several threads. */
final class Recorder {
    private final Project project;
    private final Stack stack;
    private final ProviderReferences providers;
    private final Map<String, Registration> byUrn = new LinkedHashMap<>();
    private String last = "";

    Recorder(Project project, Stack stack) {
        this.project = project;
        this.stack = stack;
        this.providers = new ProviderReferences(project, stack);
    }

    /** @throws ProjectException if the engine would refuse it */
    synchronized Registration register(RegisterResourceRequest request) {
        if (request.getRemote()) {
            throw new ProjectException(Urn.describe(request.getType(), request.getName())
                    + " is made by a plugin; the offline preview runs no plugins");
        }
        String urn = newUrn(request.getParent(), request.getType(), request.getName());
        Registration parent = byUrn.get(request.getParent());
        JsonObject inputs = PropertyValues.json(request.getObject());
        var registration = new Registration(
                urn,
                request.getType(),
                request.getName(),
                request.getCustom(),
                request.getParent(),
                inputs,
                RequestOptions.of(request, parent == null ? Registration.Options.NONE : parent.options()),
                providers.of(request, urn),
                request.getVersion(),
                "",
                sorted(request.getDependenciesList()),
                propertyDependencies(request, inputs),
                new JsonObject(),
                false);
        if (!request.getCustom()) {
            providers.inherit(urn, request);
        }
        return keep(registration);
    }

    /** @throws ProjectException if the engine would refuse it */
    synchronized Registration read(ReadResourceRequest request) {
        String urn = newUrn(request.getParent(), request.getType(), request.getName());
        return keep(new Registration(
                urn,
                request.getType(),
                request.getName(),
                true,
                request.getParent(),
                PropertyValues.json(request.getProperties()),
                Registration.Options.NONE,
                providers.of(request),
                request.getVersion(),
                request.getId(),
                sorted(request.getDependenciesList()),
                Map.of(),
                new JsonObject(),
                false));
    }

    /**
     * Refuses a call of a function without a provider where the engine has none for it.
     *
     * @throws ProjectException if the engine would refuse it
     */
    synchronized void call(String token, String provider, String version, String packageRef) {
        providers.requireForCall(token, provider, version, packageRef);
    }

    synchronized void registerOutputs(RegisterResourceOutputsRequest request) {
        JsonObject outputs = PropertyValues.json(request.getOutputs());
        byUrn.computeIfPresent(request.getUrn(), (urn, registration) -> registration.withOutputs(outputs));
    }

    synchronized String registerPackage(RegisterPackageRequest request) {
        return providers.registerPackage(request);
    }

    /** In the order in which they arrived, which is not the same in each run. */
    synchronized List<Registration> registrations() {
        return List.copyOf(byUrn.values());
    }

    /** The URN that was registered last. */
    synchronized Optional<String> last() {
        return last.isEmpty() ? Optional.empty() : Optional.of(last);
    }

    private Registration keep(Registration registration) {
        byUrn.put(registration.urn(), registration);
        last = registration.urn();
        return registration;
    }

    private String newUrn(String parent, String type, String name) {
        if (!parent.isEmpty() && !byUrn.containsKey(parent)) {
            throw new ProjectException(Urn.describe(type, name) + " has a parent that is not registered: " + parent);
        }
        String urn = Urn.of(stack.name(), project.name(), parent, type, name);
        if (byUrn.containsKey(urn)) {
            throw new ProjectException(Urn.describe(type, name) + " is registered twice ("
                    + place(byUrn.get(urn).parent(), parent) + ")");
        }
        return urn;
    }

    /** A URN holds the types of the parents but not their names, so the two may be children of different parents. */
    private static String place(String firstParent, String secondParent) {
        if (firstParent.equals(secondParent)) {
            return "under " + parentName(firstParent);
        }
        return "under " + parentName(firstParent) + " and under " + parentName(secondParent)
                + ": names must differ, the parent's is not part of the URN";
    }

    private static String parentName(String parent) {
        return parent.isEmpty() ? "no parent" : Urn.describe(parent);
    }

    /** Without any, the engine takes each property to depend on everything that the resource depends on. */
    private static Map<String, List<String>> propertyDependencies(RegisterResourceRequest request, JsonObject inputs) {
        List<String> missing =
                request.getPropertyDependenciesCount() == 0 ? sorted(request.getDependenciesList()) : List.of();
        var dependencies = new TreeMap<String, List<String>>();
        inputs.keySet().forEach(property -> dependencies.put(property, missing));
        request.getPropertyDependenciesMap()
                .forEach((property, urns) -> dependencies.put(property, sorted(urns.getUrnsList())));
        return dependencies;
    }

    private static List<String> sorted(Collection<String> urns) {
        var copy = new ArrayList<>(urns);
        copy.sort(null);
        return List.copyOf(copy);
    }
}

package io.buildkitefleet.engine.provider;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.buildkitefleet.engine.google.GoogleFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What the stand-in providers have made, what they were asked for, and how they are to misbehave. Safe for threads. */
public final class Cloud {
    private static final Set<String> CHANGING = Set.of("Create", "Update", "Delete");

    private final Map<String, CloudResource> resources = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<Call> calls = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final Set<GoogleFault> googleFaults = EnumSet.noneOf(GoogleFault.class);
    private final Set<String> inError = new HashSet<>();
    private Duration delay = Duration.ZERO;
    private int creates;

    /**
     * What a provider was asked for.
     *
     * @param method for example {@code Create}; a preview's ends in {@code (preview)}
     * @param type of the resource
     * @param name its logical name
     */
    public record Call(String method, String type, String name) {}

    /** A create that fails: the one of this number, or those of these URNs. */
    private record Fault(int number, Predicate<String> urns, String message) {}

    Cloud() {}

    /** Another one in which the same is there, and of which nobody has asked anything. */
    synchronized Cloud copy() {
        var copy = new Cloud();
        copy.resources.putAll(resources);
        copy.counts.putAll(counts);
        copy.inError.addAll(inError);
        return copy;
    }

    /** Makes the create of this number fail, where the next one is number 1. */
    public synchronized void failCreate(int number, String message) {
        faults.add(new Fault(creates + number, urn -> false, message));
    }

    /** Makes each create of these URNs fail. */
    public synchronized void failCreatesOf(Predicate<String> urns, String message) {
        faults.add(new Fault(0, urns, message));
    }

    /** Makes Google fail in this way. */
    public synchronized void begin(GoogleFault fault) {
        googleFaults.add(fault);
    }

    /** Makes each create take this long. */
    public synchronized void slowDown(Duration perCreate) {
        delay = perCreate;
    }

    /** Ends all faults and delays. */
    public synchronized void heal() {
        faults.clear();
        googleFaults.clear();
        delay = Duration.ZERO;
    }

    /** All that the providers were asked for, oldest first. */
    public synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /** What changed of what is there, oldest first, as {@code Update pool-big-nodes}. */
    public List<String> changes() {
        return calls().stream()
                .filter(call -> CHANGING.contains(call.method()))
                .map(call -> call.method() + " " + call.name())
                .toList();
    }

    public synchronized void forgetCalls() {
        calls.clear();
    }

    /** All that is there, in the order in which it was made. */
    public synchronized List<CloudResource> resources() {
        return List.copyOf(resources.values());
    }

    /** The resource of this type and logical name; while one is replaced, the older one. */
    public Optional<CloudResource> find(String type, String name) {
        return resources().stream()
                .filter(resource ->
                        resource.type().equals(type) && resource.name().equals(name))
                .findFirst();
    }

    /** Deletes a resource behind Pulumi's back. */
    public synchronized void lose(CloudResource resource) {
        remove(resource.type(), resource.id());
    }

    /** Changes a property behind Pulumi's back. */
    public synchronized void change(CloudResource resource, String property, Value value) {
        put(resource.with(property, value));
    }

    synchronized void record(String method, String type, String name) {
        calls.add(new Call(method, type, name));
    }

    /** The message of the fault that hits the create of this URN, if one does. */
    synchronized Optional<String> nextFault(String urn) {
        creates++;
        return faults.stream()
                .filter(fault -> fault.number() == creates || fault.urns().test(urn))
                .map(Fault::message)
                .findFirst();
    }

    /** The way in which Google fails to make this resource, if it does. */
    synchronized Optional<GoogleFault> googleFault(String type, Struct inputs) {
        return googleFaults.stream().filter(fault -> fault.hits(type, inputs)).findFirst();
    }

    synchronized Duration delay() {
        return delay;
    }

    synchronized Optional<CloudResource> get(String type, String id) {
        return Optional.ofNullable(resources.get(CloudResource.key(type, id)));
    }

    synchronized void put(CloudResource resource) {
        resources.put(resource.key(), resource);
    }

    /** Puts a resource unless another one has its id. */
    synchronized boolean putNew(CloudResource resource) {
        return resources.putIfAbsent(resource.key(), resource) == null;
    }

    synchronized void remove(String type, String id) {
        resources.remove(CloudResource.key(type, id));
        inError.remove(id);
    }

    /** What was made and does not work, which no end of a fault mends. */
    synchronized void markAsInError(String id) {
        inError.add(id);
    }

    synchronized boolean isInError(String id) {
        return inError.contains(id);
    }

    /** The next number below a parent; a number is never given again. */
    synchronized int nextNumber(String parent) {
        return counts.merge(parent, 1, Integer::sum);
    }
}

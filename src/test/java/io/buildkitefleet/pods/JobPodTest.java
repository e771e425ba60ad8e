package io.buildkitefleet.pods;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.buildkitefleet.config.value.Cpu;
import io.buildkitefleet.config.value.Memory;
import io.buildkitefleet.fleet.JobPod;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.fleet.Resources;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.testing.Inputs;
import io.buildkitefleet.testing.Json;
import io.buildkitefleet.testing.PreviewedStacks;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every pod that the controllers make of any step is whole, finds what it names, and fits its node and namespace. */
@ExtendWith(PreviewedStacks.Extension.class)
class JobPodTest {
    /** A pod that a queue's controller makes of a step. */
    private record Case(StackPreview stack, Queue queue, Step step) {
        JsonObject spec() {
            return StackController.of(stack.plan(), queue.name()).pod(step).getAsJsonObject("spec");
        }

        @Override
        public String toString() {
            return stack.plan().stack().name() + ", queue " + queue.name() + ", " + step;
        }
    }

    private interface Check {
        void of(Case pod);
    }

    @TestFactory
    Stream<DynamicTest> mountsOnlyVolumesThatItHas(PreviewedStacks previews) {
        return each(previews, pod -> {
            var volumes = objects(pod.spec(), "volumes").stream()
                    .map(volume -> Json.text(volume, "name"))
                    .toList();
            assertThat(volumes).doesNotHaveDuplicates();
            assertThat(containers(pod)).allSatisfy(container -> assertThat(volumes)
                    .as("volumes for %s", Json.text(container, "name"))
                    .containsAll(objects(container, "volumeMounts").stream()
                            .map(mount -> Json.text(mount, "name"))
                            .toList()));
        });
    }

    @TestFactory
    Stream<DynamicTest> givesEachContainerAnImageAndANameOfItsOwn(PreviewedStacks previews) {
        return each(previews, pod -> {
            assertThat(containers(pod))
                    .extracting(container -> Json.text(container, "name"))
                    .doesNotHaveDuplicates();
            assertThat(containers(pod)).allSatisfy(container -> assertThat(Json.text(container, "image"))
                    .as("image of %s", Json.text(container, "name"))
                    .isNotEmpty()
                    .doesNotEndWith(":latest"));
        });
    }

    @TestFactory
    Stream<DynamicTest> readsOnlyObjectsThatAreInItsNamespace(PreviewedStacks previews) {
        return each(previews, pod -> assertThat(objectsOf(pod)).containsAll(references(pod)));
    }

    @TestFactory
    Stream<DynamicTest> fitsItsNodeAsOftenAsThePlanSays(PreviewedStacks previews) {
        return each(previews, pod -> {
            var queue = pod.queue();
            var requests = requests(pod).times(queue.jobsPerNode());
            assertThat(requests.fitsIn(queue.pool().orElseThrow().forJobs()))
                    .as(
                            "%d pods of %s in %s",
                            queue.jobsPerNode(),
                            requests(pod),
                            queue.pool().orElseThrow().forJobs())
                    .isTrue();
            assertThat(disk(pod) * queue.jobsPerNode())
                    .isLessThanOrEqualTo(
                            queue.pool().orElseThrow().diskForJobs().mebibytes());
        });
    }

    @TestFactory
    Stream<DynamicTest> fitsTheQuotaOfItsNamespaceAsOftenAsThePlanSays(PreviewedStacks previews) {
        return each(previews, pod -> {
            var all = requests(pod).times(pod.queue().maxInFlight());
            var quota = pod.stack()
                    .plan()
                    .find(
                            "kubernetes:core/v1:ResourceQuota",
                            "queue-" + pod.queue().name() + "-namespace-quota")
                    .flatMap(found -> Inputs.at(found, "spec", "hard"))
                    .orElseThrow()
                    .getAsJsonObject();
            assertThat(all.fitsIn(new Resources(
                            Cpu.parse(Json.text(quota, "requests.cpu")).orElseThrow(),
                            Memory.parse(Json.text(quota, "requests.memory")).orElseThrow())))
                    .as("%d pods of %s in %s", pod.queue().maxInFlight(), requests(pod), quota)
                    .isTrue();
        });
    }

    @TestFactory
    Stream<DynamicTest> goesToTheNodesOfItsPool(PreviewedStacks previews) {
        return each(previews, pod -> {
            var pool = pod.queue().pool().orElseThrow().name();
            assertThat(Json.text(Json.object(pod.spec(), "nodeSelector"), Pool.LABEL))
                    .isEqualTo(pool);
            assertThat(objects(pod.spec(), "tolerations"))
                    .anyMatch(toleration -> Json.text(toleration, "key").equals(Pool.LABEL)
                            && Json.text(toleration, "value").equals(pool));
        });
    }

    private static Stream<DynamicTest> each(PreviewedStacks previews, Check check) {
        return previews.all()
                .flatMap(stack -> stack.fleet().queues().stream()
                        .flatMap(queue -> Steps.thatMustFit(queue).stream().map(step -> new Case(stack, queue, step))))
                .map(pod -> DynamicTest.dynamicTest(pod.toString(), () -> check.of(pod)));
    }

    private static Resources requests(Case pod) {
        return PodRequests.of(pod.spec(), JobPod.AGENT);
    }

    /** In MiB. */
    private static long disk(Case pod) {
        return containers(pod).stream()
                .map(container -> Json.object(Json.object(container, "resources"), "requests"))
                .filter(requests -> requests.has("ephemeral-storage"))
                .mapToLong(requests -> Memory.parse(Json.text(requests, "ephemeral-storage"))
                        .orElseThrow()
                        .mebibytes())
                .sum();
    }

    /** The service account, ConfigMaps and Secrets that a pod names. */
    private static Set<String> references(Case pod) {
        var spec = pod.spec();
        var sources = Stream.concat(
                containers(pod).stream().flatMap(container -> objects(container, "envFrom").stream()),
                objects(spec, "volumes").stream());
        var names = sources.flatMap(source -> Stream.of(
                                name(source, "configMapRef", "ConfigMap", "name"),
                                name(source, "configMap", "ConfigMap", "name"),
                                name(source, "secretRef", "Secret", "name"),
                                name(source, "secret", "Secret", "secretName"))
                        .flatMap(Stream::distinct))
                .collect(Collectors.toSet());
        names.add("ServiceAccount " + Json.text(spec, "serviceAccountName"));
        return names;
    }

    private static Stream<String> name(JsonObject source, String key, String kind, String nameKey) {
        return source.has(key) ? Stream.of(kind + " " + Json.text(source.getAsJsonObject(key), nameKey)) : Stream.of();
    }

    private static Set<String> objectsOf(Case pod) {
        return pod.stack().plan().registrations().stream()
                .filter(object -> object.type().startsWith("kubernetes:core/v1:"))
                .filter(object -> Inputs.text(object, "metadata", "namespace")
                        .equals(pod.queue().namespace()))
                .map(JobPodTest::kindAndName)
                .collect(Collectors.toSet());
    }

    private static String kindAndName(Registration object) {
        return Inputs.text(object, "kind") + " " + Inputs.text(object, "metadata", "name");
    }

    private static List<JsonObject> containers(Case pod) {
        return Stream.concat(objects(pod.spec(), "initContainers").stream(), objects(pod.spec(), "containers").stream())
                .toList();
    }

    private static List<JsonObject> objects(JsonObject parent, String list) {
        return Json.list(parent, list).asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }
}

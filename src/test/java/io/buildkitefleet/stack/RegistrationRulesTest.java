package io.buildkitefleet.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.testing.PreviewedStacks;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How a Pulumi program has to register what it registers. */
@ExtendWith(PreviewedStacks.Extension.class)
class RegistrationRulesTest {
    static Stream<StackPreview> stacks(PreviewedStacks previews) {
        return previews.all();
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void urnsAreUnique(StackPreview stack) {
        assertThat(stack.plan().registrations()).extracting(Registration::urn).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void everyResourceIsTheChildOfAComponent(StackPreview stack) {
        var plan = stack.plan();
        assertThat(plan.registrations())
                .filteredOn(Registration::custom)
                .isNotEmpty()
                .allSatisfy(resource -> assertThat(plan.find(resource.parent()))
                        .get()
                        .matches(parent -> !parent.custom() && !parent.isStack(), "is a component"));
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void componentsHaveTheProjectsOwnTypes(StackPreview stack) {
        assertThat(components(stack)).isNotEmpty().allSatisfy(component -> assertThat(component.type())
                .matches("buildkite-fleet:(gcp|kubernetes|mac):[A-Z]\\w+"));
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void componentsRegisterTheirOutputs(StackPreview stack) {
        assertThat(components(stack)).allMatch(Registration::outputsRegistered);
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void childrenAreNamedAfterTheirComponent(StackPreview stack) {
        var plan = stack.plan();
        assertThat(plan.registrations())
                .filteredOn(registration -> plan.find(registration.parent())
                        .filter(parent -> !parent.isStack())
                        .isPresent())
                .allSatisfy(child -> assertThat(child.name())
                        .startsWith(plan.find(child.parent()).orElseThrow().name() + "-"));
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void everythingInTheClusterGoesThroughTheFleetsOwnProvider(StackPreview stack) {
        var provider = connection(stack);
        assertThat(stack.plan().registrations())
                .filteredOn(registration -> registration.type().startsWith("kubernetes:"))
                .isNotEmpty()
                .allSatisfy(registration -> assertThat(registration.provider()).startsWith(provider.urn() + "::"));
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void theClusterIsNotTalkedToBeforeItsSystemNodesAreThere(StackPreview stack) {
        var provider = connection(stack);
        assertThat(provider.dependencies()).anyMatch(urn -> urn.endsWith("::pool-system-nodes"));
    }

    /** The API of a zonal cluster may be away while GKE makes a pool; a regional one has others. */
    @Test
    void aZonalClusterIsNotTalkedToBeforeAllItsPoolsAreThere(PreviewedStacks stacks) {
        var plan = stacks.dev().plan();
        assertThat(connection(stacks.dev()).dependencies())
                .containsAll(plan.registrations().stream()
                        .filter(registration -> registration.type().equals("gcp:container/nodePool:NodePool"))
                        .map(Registration::urn)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void theClusterIsNotMadeBeforeTheApisGrantsAndRoutesThatItsNodesNeed(StackPreview stack) {
        var cluster = stack.plan()
                .find("gcp:container/cluster:Cluster", "cluster-gke")
                .orElseThrow();
        assertThat(cluster.dependencies())
                .containsAll(stack.plan().registrations().stream()
                        .filter(registration -> registration.custom()
                                && registration.urn().matches(".*::(services|keys|network|nodes)-.*"))
                        .map(Registration::urn)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void whatNeedsAnApiComesAfterTheApi(StackPreview stack) {
        assertThat(stack.plan().registrations())
                .filteredOn(registration -> registration.type().startsWith("gcp:")
                        && registration.inputs().has("project")
                        && !registration.type().equals("gcp:projects/service:Service"))
                .isNotEmpty()
                .allSatisfy(
                        registration -> assertThat(registration.dependencies()).isNotEmpty());
    }

    private static Registration connection(StackPreview stack) {
        return stack.plan()
                .find("pulumi:providers:kubernetes", "kubernetes-provider")
                .orElseThrow();
    }

    private static Stream<Registration> components(StackPreview stack) {
        return stack.plan().registrations().stream()
                .filter(registration -> !registration.custom() && !registration.isStack());
    }
}

package io.buildkitefleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.fleet.identity.JobTokens;
import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.testing.Stacks;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which tokens make the mac's identity of a job, as it is written; a real API server evaluates it elsewhere. */
class JobTokensTest {
    private static final String ID = "0184990a-4782-42b5-afc1-16715b10b8ff";
    private static final String OURS =
            "assertion.organization_id == 'bb3125de-4dc9-44cf-ad18-65d2b71a5a34' && assertion.queue_key == 'mac' && ";

    private static final Stacks MAC = Stacks.minimal().withMac();

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "[app]; assertion.pipeline_slug in ['app']",
                "[app, site]; assertion.pipeline_slug in ['app', 'site']",
                "[" + ID + "]; assertion.pipeline_id in ['" + ID + "']",
                "[app, " + ID + "]; (assertion.pipeline_slug in ['app'] || assertion.pipeline_id in ['" + ID + "'])"
            })
    void aPipelineIsKnownByItsSlugOrByItsId(String pipelines, String condition) {
        assertThat(condition(MAC.with("mac.pipelines", pipelines))).isEqualTo(OURS + condition);
    }

    @Test
    void branchesAreAskedForIfThereAreSome() {
        assertThat(condition(MAC.with("mac.branches", "[main, release/2.x]")))
                .isEqualTo(OURS
                        + "assertion.pipeline_slug in ['app'] && assertion.build_branch in ['main', 'release/2.x']");
    }

    @Test
    void aBranchsApostropheEndsNoText() {
        assertThat(condition(MAC.with("mac.branches", "[\"it's\", \"a'||'a\"]")))
                .endsWith("assertion.build_branch in ['it\\'s', 'a\\'||\\'a']");
    }

    /**
     * With which the pool and its providers have names that Google takes, whatever the stack and the queue are called.
     */
    @Test
    void theLongestNamesAreStillOnesThatGoogleTakes() {
        var named = FleetResolver.resolve(MAC.with("name", "n".repeat(25)));
        assertThat(named.names().identityPool()).hasSize(32);
        var queue = FleetResolver.resolve(MAC.with("name", "n")
                        .with("queues.linux", "{pool: big}")
                        .without("queues.big")
                        .with("mac.queue", "m".repeat(28)))
                .mac()
                .orElseThrow()
                .queue();
        assertThat(new JobTokens("", queue, List.of(), List.of()).provider()).hasSizeLessThanOrEqualTo(32);
    }

    private static String condition(Stacks stack) {
        return FleetResolver.resolve(stack).mac().orElseThrow().tokens().condition();
    }

    @Test
    void stepsAreToldOfTheBranchWhereItIsNotMain() {
        assertThat(new JobTokens("", "deploy", List.of(), List.of("release")).branchSetting())
                .isEqualTo("branch release\n");
        assertThat(new JobTokens("", "deploy", List.of(), List.of("main")).branchSetting())
                .isEmpty();
    }
}

package io.buildkitefleet.rules;

import io.buildkitefleet.config.Waiver;
import io.buildkitefleet.text.Count;

/**
 * A waiver that ends soon, so that somebody mends what it is for before its rule holds again.
 *
 * @param place where it stands, as {@code waivers[0]}
 * @param days how many more it runs after today
 */
public record EndingWaiver(String place, Waiver waiver, int days) {
    /** From how many days on it is told. */
    static final int SOON = 30;

    /** For a person. */
    public String told() {
        var when = days == 0 ? "today" : "in " + new Count(days, "day");
        return "the waiver of " + waiver.rule() + " ends " + when + ", on " + waiver.end();
    }
}

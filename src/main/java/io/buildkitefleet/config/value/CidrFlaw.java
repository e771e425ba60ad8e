package io.buildkitefleet.config.value;

import java.util.Optional;
import java.util.regex.Pattern;

/** Why a text is no range of addresses, and how the range is written that it may mean. */
final class CidrFlaw {
    private static final String OCTET = "\\d{1,3}";
    private static final String ADDRESS = OCTET + "(?:\\." + OCTET + "){3}";
    private static final Pattern ONE_ADDRESS = Pattern.compile(ADDRESS);
    private static final Pattern WITH_MASK = Pattern.compile(ADDRESS + "/" + ADDRESS);
    private static final Pattern OF_SIX = Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F:.]*(?:/\\d{1,3})?");
    private static final Pattern ZERO_BEFORE = Pattern.compile("(?:.*[./])?0\\d+(?:[./].*)?");
    private static final Pattern IN_RANGE = Pattern.compile(ADDRESS + "/\\d{1,2}");

    private CidrFlaw() {}

    /** Of a text that is none. */
    static Optional<String> of(String text) {
        if (OF_SIX.matcher(text).matches()) {
            return Optional.of("it is of IPv6, and the fleet's ranges are of IPv4");
        }
        if (WITH_MASK.matcher(text).matches()) {
            return Optional.of("write how many leading bits are fixed in place of the mask, as in 203.0.113.0/24");
        }
        if (ONE_ADDRESS.matcher(text).matches()) {
            return Optional.of("its prefix is missing"
                    + Cidr.around(text + "/32")
                            .map(one -> "; the one address is " + one)
                            .orElse(""));
        }
        if (ZERO_BEFORE.matcher(text).matches()) {
            return Optional.of("a number in it has a zero before it");
        }
        return Cidr.around(text)
                .map(range -> "it has host bits set, behind the first " + range.prefix() + "; the range is " + range)
                .or(() -> Optional.of("a number of an address is at most 255, and a prefix at most 32")
                        .filter(tooLarge -> IN_RANGE.matcher(text).matches()));
    }
}

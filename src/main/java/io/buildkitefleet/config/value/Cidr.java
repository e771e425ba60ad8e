package io.buildkitefleet.config.value;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A range of IPv4 addresses.
 *
 * @param address the first address, as a number; the bits behind the prefix are zero
 * @param prefix how many leading bits are fixed, 0 to 32
 */
public record Cidr(long address, int prefix) {
    private static final Pattern FORM =
            Pattern.compile("OCTET\\.OCTET\\.OCTET\\.OCTET/(0|[1-9]\\d?)".replace("OCTET", "(0|[1-9]\\d{0,2})"));
    private static final int BITS = 32;

    /** {@code 10.0.0.0/20}. */
    public static final Notation<Cidr> NOTATION = Notation.of(FORM, Cidr::parse).because(CidrFlaw::of);

    /** Ranges that are not routed on the internet: RFC 1918 and RFC 6598. */
    public static final List<Cidr> PRIVATE_RANGES = Stream.of(
                    "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")
            .map(range -> parse(range).orElseThrow())
            .toList();

    /** Reads {@code 10.0.0.0/20}; empty if it is no range or if bits are set behind the prefix. */
    public static Optional<Cidr> parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var range = ofAnyBits(matcher);
        return range.filter(found -> found.address % found.size() == 0);
    }

    /** The range that an address is in, whichever of its bits are set; empty if a number is too large. */
    static Optional<Cidr> around(String text) {
        var matcher = FORM.matcher(text);
        return matcher.matches()
                ? ofAnyBits(matcher).map(found -> new Cidr(found.address - found.address % found.size(), found.prefix))
                : Optional.empty();
    }

    private static Optional<Cidr> ofAnyBits(Matcher matcher) {
        long address = 0;
        for (int group = 1; group <= 4; group++) {
            var octet = Integer.parseInt(matcher.group(group));
            if (octet > 255) {
                return Optional.empty();
            }
            address = address * 256 + octet;
        }
        var prefix = Integer.parseInt(matcher.group(5));
        return prefix > BITS ? Optional.empty() : Optional.of(new Cidr(address, prefix));
    }

    /** How many addresses it holds. */
    public long size() {
        return size(prefix);
    }

    public boolean overlaps(Cidr other) {
        return address < other.address + other.size() && other.address < address + size();
    }

    /** Whether all of the other's addresses are in it. */
    public boolean contains(Cidr other) {
        return prefix <= other.prefix && overlaps(other);
    }

    private static long size(int prefix) {
        return 1L << (BITS - prefix);
    }

    @Override
    public String toString() {
        return octet(24) + "." + octet(16) + "." + octet(8) + "." + octet(0) + "/" + prefix;
    }

    private long octet(int shift) {
        return address >> shift & 255;
    }
}

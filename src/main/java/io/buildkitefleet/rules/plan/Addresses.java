package io.buildkitefleet.rules.plan;

import io.buildkitefleet.config.value.Cidr;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Addresses of IPv4 and IPv6 as a set, so that it makes no difference in which ranges somebody has written them down.
 */
public final class Addresses {
    private static final Pattern FORM = Pattern.compile("([0-9a-fA-F.]*:[0-9a-fA-F.:]*|[0-9.]+)(?:/(\\d{1,3}))?");

    private static final Pattern DECIMAL = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");

    private static final int BITS_OF_4 = 32;

    private static final int BITS_OF_6 = 128;

    /** Where the addresses of IPv6 begin on the line on which both versions lie. */
    private static final BigInteger OFFSET_OF_6 = power(BITS_OF_6);

    /** Each address of IPv4. */
    public static final Addresses ALL_OF_4 = of("0.0.0.0/0");

    /** What is ours, or the node's: private ranges and link-local ones (RFC 3927; RFC 4193, RFC 4291 section 2.5.6). */
    public static final List<String> CLOSED = Stream.concat(
                    Cidr.PRIVATE_RANGES.stream().map(Cidr::toString),
                    Stream.of("169.254.0.0/16", "fc00::/7", "fe80::/10"))
            .toList();

    /** Class E is nobody's: RFC 1112 section 4. */
    private static final Addresses NOT_PUBLIC =
            of(Stream.concat(CLOSED.stream(), Stream.of("240.0.0.0/4")).toArray(String[]::new));

    /**
     * More than this many of the internet have strangers in them: it is a network of class B (RFC 791 section 3.2), the
     * largest block that organizations have but for the few with one of class A. Larger ones are of clouds and of
     * providers, whose customers can be anybody; in IPv6, so many sites of 80 bits (RFC 4193 section 3).
     */
    private static final BigInteger MOST_OF_4 = power(BITS_OF_4 - 16);

    private static final BigInteger MOST_OF_6 = power(BITS_OF_6 - 32);

    /**
     * More than this many of a closed range are no single service: in IPv6 a site has this many, RFC 4193 section 3.
     */
    private static final BigInteger MOST_OF_A_SITE_4 = power(BITS_OF_4 - 16);

    private static final BigInteger MOST_OF_A_SITE_6 = power(BITS_OF_6 - 48);

    private final List<Span> spans;

    private Addresses(List<Span> spans) {
        this.spans = merged(spans);
    }

    /** Those of ranges that are known to be some. */
    public static Addresses of(String... ranges) {
        return union(Stream.of(ranges)
                .map(range -> parse(range).orElseThrow(() -> new IllegalArgumentException(range)))
                .toList());
    }

    /** Those of {@code 10.0.0.0/8}, {@code 10.0.0.1} or {@code fd00::/8}, whatever is set behind the prefix. */
    public static Optional<Addresses> parse(String range) {
        var form = FORM.matcher(range);
        if (!form.matches()) {
            return Optional.empty();
        }
        return bytes(form.group(1)).flatMap(bytes -> {
            var bits = bytes.length * Byte.SIZE;
            var written = form.group(1).contains(":") ? BITS_OF_6 : BITS_OF_4;
            var prefix = form.group(2) == null ? written : Integer.parseInt(form.group(2));
            // Java reads ::ffff:10.0.0.1 as 10.0.0.1.
            var own = Math.max(prefix - (written - bits), 0);
            return prefix > written ? Optional.empty() : Optional.of(new Addresses(List.of(span(bytes, own))));
        });
    }

    public static Addresses union(Collection<Addresses> parts) {
        return new Addresses(parts.stream().flatMap(part -> part.spans.stream()).toList());
    }

    public Addresses minus(Addresses others) {
        var left = spans;
        for (var other : others.spans) {
            left = left.stream().flatMap(span -> span.minus(other)).toList();
        }
        return new Addresses(left);
    }

    public boolean isEmpty() {
        return spans.isEmpty();
    }

    public boolean overlaps(Addresses others) {
        return spans.stream().anyMatch(span -> others.spans.stream().anyMatch(span::overlaps));
    }

    public boolean contains(Addresses others) {
        return others.minus(this).isEmpty();
    }

    /** Whether it is so much of the internet that it has strangers in it. */
    public boolean isInternet() {
        var isPublic = minus(NOT_PUBLIC);
        return isPublic.size(false).compareTo(MOST_OF_4) > 0
                || isPublic.size(true).compareTo(MOST_OF_6) > 0;
    }

    /** The first of the closed ranges of which these are so much that no single service is meant. */
    public Optional<String> closedNetwork() {
        return CLOSED.stream().filter(range -> isMuchOf(of(range))).findFirst();
    }

    private boolean isMuchOf(Addresses range) {
        var shared = range.minus(range.minus(this));
        return exceeds(shared.size(false), range.size(false), MOST_OF_A_SITE_4)
                || exceeds(shared.size(true), range.size(true), MOST_OF_A_SITE_6);
    }

    private static boolean exceeds(BigInteger shared, BigInteger range, BigInteger most) {
        return shared.compareTo(range.shiftRight(2).min(most)) > 0;
    }

    private BigInteger size(boolean of6) {
        return spans.stream()
                .filter(span -> span.first.compareTo(OFFSET_OF_6) >= 0 == of6)
                .map(span -> span.end.subtract(span.first))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static Optional<byte[]> bytes(String address) {
        if (!address.contains(":") && !DECIMAL.matcher(address).matches()) {
            return Optional.empty();
        }
        try {
            // Of digits, dots and colons it asks no server for a name.
            return Optional.of(InetAddress.getByName(address).getAddress());
        } catch (UnknownHostException noAddress) {
            return Optional.empty();
        }
    }

    private static Span span(byte[] bytes, int prefix) {
        var bits = bytes.length * Byte.SIZE;
        var size = power(bits - prefix);
        var address = new BigInteger(1, bytes);
        var first = address.subtract(address.mod(size)).add(bits == BITS_OF_6 ? OFFSET_OF_6 : BigInteger.ZERO);
        return new Span(first, first.add(size));
    }

    private static BigInteger power(int bits) {
        return BigInteger.ONE.shiftLeft(bits);
    }

    private static List<Span> merged(List<Span> spans) {
        var sorted = spans.stream().sorted(Comparator.comparing(Span::first)).toList();
        var merged = new ArrayList<Span>();
        for (var span : sorted) {
            var last = merged.isEmpty() ? span : merged.remove(merged.size() - 1);
            if (last.end.compareTo(span.first) < 0) {
                merged.add(last);
                merged.add(span);
            } else {
                merged.add(new Span(last.first, last.end.max(span.end)));
            }
        }
        return List.copyOf(merged);
    }

    /** Addresses beside each other; the end is no longer one of them. */
    private record Span(BigInteger first, BigInteger end) {
        boolean overlaps(Span other) {
            return first.compareTo(other.end) < 0 && other.first.compareTo(end) < 0;
        }

        Stream<Span> minus(Span other) {
            return Stream.of(new Span(first, end.min(other.first)), new Span(first.max(other.end), end))
                    .filter(left -> left.first.compareTo(left.end) < 0);
        }
    }
}

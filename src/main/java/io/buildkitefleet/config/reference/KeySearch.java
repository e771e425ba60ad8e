package io.buildkitefleet.config.reference;

import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.read.ConfigSource;
import io.buildkitefleet.config.read.KeyReference;
import io.buildkitefleet.config.read.KeyTree;
import io.buildkitefleet.config.read.Section;
import io.buildkitefleet.config.read.ValueForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What somebody means who names a key: by its place, where a name that a person chose may stand or be left out; by the
 * end of that; or by a word of its name or its meaning.
 */
public final class KeySearch {
    private static final Pattern BETWEEN = Pattern.compile("[.\\[\\]]+");
    private static final Pattern INDEX = Pattern.compile("\\d+");

    /** What stands above each key in a stack's file. */
    private static final Pattern CONFIG = Pattern.compile("^config\\.(?=.)");

    /** With or without its namespace. */
    private static final Pattern FLEET = Pattern.compile("^(?:" + ConfigSource.NAMESPACE + ")?fleet(?![\\w-])");

    private static final String OWN_NAME =
            "; ./fleet explain names them all. What you name yourself stands behind its key, as in queues.big";
    private static final String OWN_SECRET =
            " but as a secret of your own, if queues.<name>.secrets or checkout.sshKey names it";

    /** Fewer letters are in half of all names. */
    private static final int PART = 3;

    private final KeyTree all;
    private final List<OutsideKey> outside;

    /** What was found. */
    public sealed interface Answer {
        /** A key of the fleet, or one that holds others. */
        record One(KeyTree key) implements Answer {}

        /** A key beside the fleet. */
        record Beside(OutsideKey key) implements Answer {}

        /**
         * More than one.
         *
         * @param isByName whether they are called so; else the word is somewhere in their names or meanings
         */
        record Several(List<KeyTree> keys, List<OutsideKey> outside, boolean isByName) implements Answer {
            public Several {
                keys = List.copyOf(keys);
                outside = List.copyOf(outside);
            }
        }

        /** @param problem what is wrong with the name, and what was meant perhaps */
        record None(String problem) implements Answer {}
    }

    public KeySearch(KeyTree all, List<OutsideKey> outside) {
        this.all = all;
        this.outside = List.copyOf(outside);
    }

    /** @param written as a person names it: as it stands in the file, as a message has it, or a part of either */
    public Answer find(String written) {
        var path = path(written);
        var parts = parts(path);
        return at(all, parts)
                .<Answer>map(Answer.One::new)
                .or(() -> called(parts, path))
                .or(() -> parts.size() > 1 ? Optional.empty() : about(path))
                .orElseGet(() -> new Answer.None(problem(written, parts)));
    }

    /** Every key that can be asked for, as short as it is understood; none has a colon, at which shells cut words. */
    public Set<String> names() {
        return Stream.concat(
                        nodes(all).map(KeySearch::shortPath),
                        outside.stream().map(OutsideKey::shortName).filter(name -> at(all, List.of(name))
                                .isEmpty()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The keys beside the fleet, with their namespaces. */
    public Set<String> besideNames() {
        return outside.stream().map(OutsideKey::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The keys below which names stand that a person has chosen. */
    public Set<String> named() {
        return nodes(all)
                .filter(node -> node.children().stream().map(KeyTree::name).anyMatch(KeyReference.NAME::equals))
                .map(KeySearch::shortPath)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String shortPath(KeyTree key) {
        return String.join(
                ".",
                parts(key.path()).stream()
                        .filter(part -> !part.equals(KeyReference.NAME))
                        .toList());
    }

    /** People copy the key as Pulumi has it, or as it stands in the file. */
    private static String path(String written) {
        return FLEET.matcher(CONFIG.matcher(written).replaceFirst("")).replaceFirst("");
    }

    private static List<String> parts(String path) {
        return BETWEEN.splitAsStream(path).filter(part -> !part.isEmpty()).toList();
    }

    /** Those that are called so; one that is called so but for its number stands among those that speak of it. */
    private Optional<Answer> called(List<String> parts, String path) {
        var named = ending(parts);
        var beside = beside(path);
        var last = parts.get(parts.size() - 1);
        var isCalledSo = !beside.isEmpty()
                || parts.size() > 1
                || named.stream().anyMatch(key -> key.name().equalsIgnoreCase(last));
        if (isCalledSo || named.isEmpty()) {
            return one(named, beside);
        }
        var speaking = Stream.concat(named.stream(), mentioning(path).stream())
                .distinct()
                .toList();
        var besideSpeaking = besideMentioning(path);
        return speaking.size() + besideSpeaking.size() == 1
                ? one(speaking, besideSpeaking)
                : Optional.of(new Answer.Several(speaking, besideSpeaking, false));
    }

    /** Those that speak of a word: even a single one is not what was asked for. */
    private Optional<Answer> about(String word) {
        var keys = mentioning(word);
        var beside = besideMentioning(word);
        return keys.isEmpty() && beside.isEmpty()
                ? Optional.empty()
                : Optional.of(new Answer.Several(keys, beside, false));
    }

    private static Optional<Answer> one(List<KeyTree> keys, List<OutsideKey> outside) {
        if (keys.size() + outside.size() > 1) {
            return Optional.of(new Answer.Several(keys, outside, true));
        }
        return keys.stream().<Answer>map(Answer.One::new).findFirst().or(() -> outside.stream()
                .<Answer>map(Answer.Beside::new)
                .findFirst());
    }

    /** What stands at a place; a key goes before a person's own name for the thing that has it. */
    private static Optional<KeyTree> at(KeyTree tree, List<String> parts) {
        if (parts.isEmpty()) {
            return Optional.of(tree);
        }
        if (tree.key().isPresent()) {
            return Optional.of(tree).filter(found -> isWithin(found.key().get().form(), parts));
        }
        return tree.children().stream()
                .flatMap(child -> below(child, parts).stream())
                .findFirst();
    }

    private static Optional<KeyTree> below(KeyTree child, List<String> parts) {
        var rest = parts.subList(1, parts.size());
        return switch (child.name()) {
            case KeyReference.NAME -> at(child, parts).or(() -> at(child, rest));
            case KeyReference.ITEM ->
                at(child, parts).or(() -> INDEX.matcher(parts.get(0)).matches() ? at(child, rest) : Optional.empty());
            default -> child.name().equalsIgnoreCase(parts.get(0)) ? at(child, rest) : Optional.empty();
        };
    }

    /** Whether a place is in a value: an entry by its name, an item by its number. */
    private static boolean isWithin(ValueForm form, List<String> parts) {
        return parts.size() == 1
                && (form instanceof ValueForm.Entries
                        || form instanceof ValueForm.Items
                                && INDEX.matcher(parts.get(0)).matches());
    }

    /** All below a key, in their order, less what stands for names and items. */
    private static Stream<KeyTree> nodes(KeyTree tree) {
        return tree.children().stream()
                .flatMap(child -> Stream.concat(isNamed(child) ? Stream.of(child) : Stream.empty(), nodes(child)));
    }

    private static boolean isNamed(KeyTree tree) {
        return !tree.name().equals(KeyReference.NAME) && !tree.name().equals(KeyReference.ITEM);
    }

    private List<KeyTree> ending(List<String> parts) {
        var found = new LinkedHashMap<String, KeyTree>();
        Stream.concat(Stream.of(all), nodes(all))
                .filter(node -> node.key().isEmpty())
                .forEach(node -> numbers(parts).forEach(words -> at(node, words)
                        .filter(KeySearch::isNamed)
                        .ifPresent(key -> found.putIfAbsent(key.path(), key))));
        return inOrder(found);
    }

    /** One of a thing may be called for many, and the other way round. */
    private static Stream<List<String>> numbers(List<String> parts) {
        if (parts.size() != 1) {
            return Stream.of(parts);
        }
        var word = parts.get(0);
        return Stream.of(word, word + "s", word.replaceFirst("s$", ""))
                .distinct()
                .map(List::of);
    }

    private List<KeyTree> inOrder(Map<String, KeyTree> found) {
        return nodes(all).filter(node -> found.containsKey(node.path())).toList();
    }

    private List<OutsideKey> beside(String path) {
        return outside.stream()
                .filter(key ->
                        key.name().equalsIgnoreCase(path) || key.shortName().equalsIgnoreCase(path))
                .toList();
    }

    private List<KeyTree> mentioning(String word) {
        var found = new ArrayList<KeyTree>();
        nodes(all)
                .filter(node -> mentions(
                        node.name(),
                        node.key().map(key -> key.doc() + " " + key.allowed()).orElse(""),
                        word))
                .forEach(found::add);
        return found;
    }

    private List<OutsideKey> besideMentioning(String word) {
        return outside.stream()
                .filter(key -> mentions(key.name(), key.doc(), word))
                .toList();
    }

    private static boolean mentions(String name, String meaning, String word) {
        return word.length() >= PART
                && (name.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT))
                        || Pattern.compile("(?i)(?<!\\w|\\w[.-])" + Pattern.quote(word) + "(s|es)?(?!\\w|[.-]\\w)")
                                .matcher(meaning)
                                .find());
    }

    private String problem(String written, List<String> parts) {
        var deepest = all;
        for (var part : parts) {
            var next = at(deepest, List.of(part));
            if (next.isEmpty()) {
                return deepest == all ? unknown(written) : unknownIn(deepest, part);
            }
            deepest = next.get();
        }
        return unknown(written);
    }

    private String unknown(String written) {
        var names = nodes(all).map(KeyTree::name).collect(Collectors.toCollection(TreeSet::new));
        outside.forEach(key -> names.addAll(Set.of(key.name(), key.shortName())));
        return "there is no key " + written
                + Section.nearest(written, names)
                        .map(name -> "; did you mean " + String.join(" or ", called(name)) + "?")
                        .orElse(written.startsWith(FleetConfig.fullKey("")) ? OWN_SECRET : OWN_NAME);
    }

    private List<String> called(String name) {
        var found = nodes(all).filter(node -> node.name().equals(name)).map(KeyTree::path);
        return Stream.concat(found, beside(name).stream().map(OutsideKey::name)).toList();
    }

    private static String unknownIn(KeyTree tree, String part) {
        var known = tree.children().stream().map(KeyTree::name).toList();
        return known.isEmpty()
                ? tree.path() + " holds a value and no keys, got " + part
                : part + " is not a key of " + tree.path() + "; "
                        + Section.suggestion(part, Set.copyOf(known), "allowed: " + String.join(", ", known));
    }
}

package io.buildkitefleet.config.value;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which characters a form does not have, where a text has the form but for these. Of a text that has another form
 * altogether nothing is said: the first character that leaves the form is then not what is wrong with it.
 */
public final class FormFlaw {
    /** Nobody counts the characters of longer ones. */
    private static final int LONGEST = 200;

    /** A text with more kinds of them was not meant to have the form. */
    private static final int KINDS = 2;

    private final Pattern form;
    private final StringBuilder kept = new StringBuilder();
    private final Set<Integer> accepted = new LinkedHashSet<>();
    private final Set<Integer> refused = new LinkedHashSet<>();
    private boolean isInside;

    private FormFlaw(Pattern form) {
        this.form = form;
    }

    /** What is wrong with a text that does not match as a whole; nothing if that is not sure. */
    public static Optional<String> of(String text, Pattern form) {
        if (text.length() > LONGEST || form.matcher(text).matches()) {
            return Optional.empty();
        }
        if (text.isEmpty()) {
            return Optional.of("it is empty");
        }
        if (form.matcher(text.strip()).matches()) {
            return Optional.of("leave out the blanks around it");
        }
        return refusedCharacters(text, form, "").or(() -> refusedCharacters(text, form, "-"));
    }

    /** @param instead what people have to write in place of such a character, if anything */
    private static Optional<String> refusedCharacters(String text, Pattern form, String instead) {
        var flaw = new FormFlaw(form);
        var characters = text.codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            if (!flaw.isReadOn(characters[i], i == 0, instead)) {
                return Optional.empty();
            }
        }
        if (form.matcher(flaw.kept).matches()) {
            return flaw.words();
        }
        var last = characters[characters.length - 1];
        var withoutLast =
                text.substring(0, text.length() - Character.toString(last).length());
        return isLetterOrDigit(last) || !form.matcher(withoutLast).matches()
                ? Optional.empty()
                : Optional.of(shown(last) + " is not allowed at its end");
    }

    /** A letter that cannot stand there is no flaw by itself: it is the text that is another one. */
    private boolean isReadOn(int character, boolean isFirst, String instead) {
        var lowerCase = Character.toLowerCase(character);
        if (mayFollow(Character.toString(character))) {
            kept.appendCodePoint(character);
            accepted.add(character);
        } else if (lowerCase != character && mayFollow(Character.toString(lowerCase))) {
            kept.appendCodePoint(lowerCase);
            refuse(character, isFirst);
        } else if (isLetterOrDigit(character) && !(isFirst && Character.isDigit(character))) {
            return false;
        } else {
            kept.append(mayFollow(instead) ? instead : "");
            refuse(character, isFirst);
        }
        return true;
    }

    private void refuse(int character, boolean isFirst) {
        refused.add(character);
        isInside |= !isFirst;
    }

    private boolean mayFollow(String next) {
        var matcher = form.matcher(kept + next);
        return matcher.matches() || matcher.hitEnd();
    }

    private Optional<String> words() {
        var areCapitals = refused.stream().anyMatch(Character::isUpperCase);
        if (!isInside && !areCapitals) {
            return Optional.of(shown(refused.iterator().next()) + " is not allowed at its beginning");
        }
        if (refused.stream().anyMatch(accepted::contains)
                || areCapitals && accepted.stream().anyMatch(Character::isUpperCase)) {
            return Optional.empty();
        }
        var kinds =
                List.copyOf(refused.stream().map(FormFlaw::kind).collect(Collectors.toCollection(LinkedHashSet::new)));
        return kinds.size() > KINDS
                ? Optional.empty()
                : Optional.of(String.join(" and ", kinds) + (isOne(kinds) ? " is" : " are") + " not allowed");
    }

    private static boolean isOne(List<String> kinds) {
        return kinds.size() == 1 && kinds.get(0).startsWith("\"");
    }

    private static String kind(int character) {
        if (Character.isUpperCase(character)) {
            return "capital letters";
        }
        return Character.isWhitespace(character) ? "blanks" : shown(character);
    }

    private static String shown(int character) {
        return "\"" + Character.toString(character) + "\"";
    }

    private static boolean isLetterOrDigit(int character) {
        return character < 128 && Character.isLetterOrDigit(character);
    }
}

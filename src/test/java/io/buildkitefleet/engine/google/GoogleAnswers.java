package io.buildkitefleet.engine.google;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.buildkitefleet.engine.google.Answer.Absent;
import io.buildkitefleet.engine.google.Answer.Asked;
import io.buildkitefleet.engine.google.Answer.CopyOf;
import io.buildkitefleet.engine.google.Answer.Default;
import io.buildkitefleet.engine.google.Answer.Is;
import io.buildkitefleet.engine.provider.Values;
import io.buildkitefleet.resources.TerraformNames;
import io.buildkitefleet.testing.ProviderFields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The rows of the table for a type of resource.
 *
 * @param token of the type, for example {@code gcp:container/cluster:Cluster}
 * @param rows parents before what is in them
 */
public record GoogleAnswers(String token, List<Answer> rows) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]+)}");

    /** The rows for a type, of which each one that the program registers has some. */
    public static GoogleAnswers of(String token) {
        return GoogleTable.TABLE.of(token);
    }

    /**
     * A resource as Google and its provider describe it.
     *
     * @param inputs what was asked
     * @param facts what the answers need beside that: the id, the project, its number
     * @param previous the same resource before it was changed; empty for a new one
     */
    public Struct state(Struct inputs, Struct facts, Struct previous) {
        var asked = answered(Values.of(Values.plain(inputs)), "");
        var state = carried(asked, Values.of(previous), "");
        var done = new HashSet<String>();
        for (var row : rows) {
            if (!done.contains(row.path()) && row.holds(state)) {
                done.add(row.path());
                state = completed(state, row, Values.of(facts));
            }
        }
        return state.getStructValue();
    }

    private static Value completed(Value state, Answer row, Value facts) {
        var path = ValuePath.of(row.path());
        if (row.rule() instanceof Is is) {
            return path.putInto(state, expanded(is.value(), state, facts));
        }
        if (row.rule() instanceof Default given) {
            return path.putInto(state, given.value());
        }
        if (row.rule() instanceof CopyOf copy) {
            var original = ValuePath.of(copy.path());
            return original.in(state)
                    .or(() -> original.in(facts))
                    .map(value -> path.putInto(state, value))
                    .orElse(state);
        }
        return state;
    }

    /** What was asked, in the form in which it comes back. */
    private Value answered(Value asked, String field) {
        if (asked.hasStructValue()) {
            var answered = Struct.newBuilder();
            asked.getStructValue()
                    .getFieldsMap()
                    .forEach((name, value) -> answered.putFields(name, answered(value, below(field, name))));
            return Values.of(answered.build());
        }
        if (asked.hasListValue()) {
            return Values.of(asked.getListValue().getValuesList().stream()
                    .map(item -> answered(item, field))
                    .toList());
        }
        return answerTo(field, asked);
    }

    /**
     * What comes back for a value that was asked.
     *
     * @param field its path without the numbers of lists
     */
    Value answerTo(String field, Value asked) {
        return asked.hasStringValue() && !Values.isUnknown(asked)
                ? rules(field, Asked.class).map(rule -> rule.answered(asked)).orElse(asked)
                : asked;
    }

    /** What counts as asked where nothing was. */
    Optional<Value> defaultOf(String field) {
        return rules(field, Default.class).map(Default::value);
    }

    /** Whether what comes back unasked is no change, though the schema does not say so. */
    boolean isUnchanged(String field) {
        return rules(field, Is.class).filter(Is::unchanged).isPresent();
    }

    private <T> Optional<T> rules(String field, Class<T> kind) {
        return rows.stream()
                .filter(row -> row.path().equals(field))
                .map(Answer::rule)
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst();
    }

    /**
     * Inputs with the values that are there now, as Pulumi's bridge reads them: what was an input stays one, what was
     * none becomes none.
     *
     * @see <a
     *     href="https://github.com/pulumi/pulumi-terraform-bridge/blob/59de6c661/pkg/tfbridge/schema.go">extractInputs</a>
     */
    public Struct inputs(Struct known, Struct state) {
        return inputs(Values.of(known), Values.of(state), "").getStructValue();
    }

    private Value inputs(Value known, Value there, String field) {
        if (known.hasStructValue() && there.hasStructValue()) {
            var inputs = Struct.newBuilder();
            known.getStructValue().getFieldsMap().forEach((name, value) -> {
                var now = Values.field(there, name);
                if (!Values.isNull(now)) {
                    inputs.putFields(name, inputs(value, now, below(field, name)));
                }
            });
            return Values.of(inputs.build());
        }
        if (known.hasListValue() && there.hasListValue()) {
            var count = Math.min(
                    known.getListValue().getValuesCount(), there.getListValue().getValuesCount());
            return Values.of(IntStream.range(0, count)
                    .mapToObj(i -> inputs(
                            known.getListValue().getValues(i),
                            there.getListValue().getValues(i),
                            field))
                    .toList());
        }
        return rules(field, Answer.AsUpper.class).isPresent()
                        && answerTo(field, known).equals(there)
                ? known
                : there;
    }

    /** What nobody asked for stays as it is where the provider's schema says that Google may choose it. */
    private Value carried(Value now, Value previous, String field) {
        if (!now.hasStructValue() || !previous.hasStructValue()) {
            return now;
        }
        var state = now.getStructValue().toBuilder();
        previous.getStructValue().getFieldsMap().forEach((name, before) -> {
            var path = below(field, name);
            var current = now.getStructValue().getFieldsOrDefault(name, Value.getDefaultInstance());
            if (!Values.isNull(current)) {
                state.putFields(name, TerraformNames.hasOwnKeys(name) ? current : carried(current, before, path));
            } else if (ProviderFields.isComputed(token, path)
                    && rules(path, CopyOf.class).isEmpty()) {
                state.putFields(name, before);
            }
        });
        return Values.of(state.build());
    }

    /** The value with each word in braces replaced by what stands there; unknown if that is. */
    private static Value expanded(Value form, Value state, Value facts) {
        if (form.hasStructValue()) {
            var object = Struct.newBuilder();
            form.getStructValue()
                    .getFieldsMap()
                    .forEach((name, value) -> object.putFields(name, expanded(value, state, facts)));
            return Values.of(object.build());
        }
        if (form.hasListValue()) {
            return Values.of(form.getListValue().getValuesList().stream()
                    .map(item -> expanded(item, state, facts))
                    .toList());
        }
        return form.hasStringValue() ? expandedText(form.getStringValue(), state, facts) : form;
    }

    static Value expandedText(String form, Value state, Value facts) {
        var known = new ArrayList<Boolean>();
        var text = PLACEHOLDER.matcher(form).replaceAll(match -> {
            var path = ValuePath.of(match.group(1));
            var value = path.in(state).or(() -> path.in(facts));
            known.add(value.filter(found -> !Values.isUnknown(found)).isPresent());
            return Matcher.quoteReplacement(value.map(Value::getStringValue).orElse(""));
        });
        return known.contains(false) ? Values.UNKNOWN : Values.of(text);
    }

    /** Whether the table says nothing of a place, nor of one above that has nothing below it. */
    boolean isSilentOn(String terraformPath) {
        return rows.stream().noneMatch(row -> {
            var place = ProviderFields.placeOf(token, row.path());
            return place.equals(terraformPath)
                    || (row.rule() instanceof Absent || row.rule() instanceof CopyOf)
                            && terraformPath.startsWith(place + ".");
        });
    }

    static String below(String field, String name) {
        var step = name.matches("[\\w$-]+|\\*") ? "." + name : "[\"" + name + "\"]";
        return field.isEmpty() ? name : field + step;
    }
}

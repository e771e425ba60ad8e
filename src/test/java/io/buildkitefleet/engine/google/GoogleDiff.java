package io.buildkitefleet.engine.google;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.buildkitefleet.engine.provider.PropertyChanges;
import io.buildkitefleet.engine.provider.Values;
import io.buildkitefleet.resources.TerraformNames;
import io.buildkitefleet.testing.ProviderFields;
import java.util.List;
import java.util.TreeSet;

/**
 * What Google's provider takes for a change: it compares what is asked with what is there. What is there unasked is a
 * change, unless its schema marks it as computed, its code suppresses it, or it is what nothing at all would be.
 */
public final class GoogleDiff {
    private final GoogleAnswers answers;
    private final List<String> ignored;
    private final PropertyChanges changes;

    private GoogleDiff(String token, List<String> ignored) {
        this.answers = GoogleAnswers.of(token);
        this.ignored = ignored;
        this.changes = new PropertyChanges((path, value) -> ProviderFields.replaces(token, path, value));
    }

    /**
     * Compares a resource with what is asked of it.
     *
     * @param state the resource as the provider described it
     * @param ignored paths whose changes do not count, nor those below them
     */
    public static PropertyChanges of(String token, Struct state, Struct news, List<String> ignored) {
        var diff = new GoogleDiff(token, ignored);
        diff.objects(Values.plain(state), Values.plain(news), "", "");
        return diff.changes;
    }

    private void objects(Struct state, Struct news, String path, String field) {
        var names = new TreeSet<>(state.getFieldsMap().keySet());
        names.addAll(news.getFieldsMap().keySet());
        for (var name : names) {
            values(
                    state.getFieldsOrDefault(name, Value.getDefaultInstance()),
                    news.getFieldsOrDefault(name, Value.getDefaultInstance()),
                    GoogleAnswers.below(path, name),
                    GoogleAnswers.below(field, name));
        }
    }

    private void values(Value there, Value given, String path, String field) {
        var asked = Values.isNull(given) ? answers.defaultOf(field).orElse(given) : given;
        if (ignored.stream().anyMatch(place -> isAt(place, path))) {
            return;
        }
        if (Values.isNull(asked)) {
            if (!isNothing(there, field) && !mayComeUnasked(field)) {
                changes.removed(path, there);
            }
        } else if (there.hasStructValue() && asked.hasStructValue()) {
            objects(there.getStructValue(), asked.getStructValue(), path, field);
        } else if (there.hasListValue() && asked.hasListValue()) {
            lists(there, asked, path, field);
        } else if (Values.isNull(there)) {
            if (!isNothing(asked, field)) {
                changes.added(path, asked);
            }
        } else if (!answers.answerTo(field, asked).equals(answers.answerTo(field, there))) {
            changes.updated(path, asked);
        }
    }

    /** What the provider cannot tell from nothing; a block that is there is not, even with nothing in it. */
    private static boolean isNothing(Value value, String field) {
        return Values.isZero(value)
                || value.hasStructValue()
                        && value.getStructValue().getFieldsCount() == 0
                        && TerraformNames.hasOwnKeys(field.substring(field.lastIndexOf('.') + 1));
    }

    private boolean mayComeUnasked(String field) {
        return answers.isUnchanged(field) || !isKeyOfAMap(field) && ProviderFields.isComputed(answers.token(), field);
    }

    /** A key that a person chose goes when it is no longer asked for, whatever its map is. */
    private static boolean isKeyOfAMap(String field) {
        var steps = ValuePath.of(field).steps();
        return steps.size() > 1 && TerraformNames.hasOwnKeys(steps.get(steps.size() - 2));
    }

    private void lists(Value there, Value asked, String path, String field) {
        var olds = there.getListValue();
        var news = asked.getListValue();
        for (int i = 0; i < Math.max(olds.getValuesCount(), news.getValuesCount()); i++) {
            var item = path + "[" + i + "]";
            if (i >= news.getValuesCount()) {
                changes.removed(item, olds.getValues(i));
            } else if (i >= olds.getValuesCount()) {
                changes.added(item, news.getValues(i));
            } else {
                values(olds.getValues(i), news.getValues(i), item, field);
            }
        }
    }

    private static boolean isAt(String place, String path) {
        return path.equals(place) || path.startsWith(place + ".") || path.startsWith(place + "[");
    }
}

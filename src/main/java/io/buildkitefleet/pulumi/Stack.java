package io.buildkitefleet.pulumi;

import io.buildkitefleet.text.ShellWord;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One stack and its configuration, without its secrets: their values are replaced by placeholders.
 *
 * @param name as in {@code Pulumi.<name>.yaml}
 * @param reference as {@code pulumi --stack} takes it: the name, perhaps with organization and project before it
 * @param file that file, where a person changes what is in it
 * @param config values by full key ({@code namespace:name}), as the program receives them
 * @param secretKeys the full keys whose values are, or contain, secrets
 * @param placeholders the secret keys that are not set yet, and so have a placeholder only for the preview
 * @param environments names of the ESC environments that may have more of it, which Pulumi alone opens; empty for none
 * @param bases the files of its project that it may take from
 * @param written how its values are written, where YAML makes something else than text of them
 */
public record Stack(
        String name,
        String reference,
        Path file,
        Map<String, String> config,
        Set<String> secretKeys,
        Set<String> placeholders,
        String environments,
        BaseFiles bases,
        WrittenValues written) {
    private static final String PLACEHOLDER = "offline-placeholder-for-";
    private static final Pattern QUOTED_PLACEHOLDER = Pattern.compile("\"" + PLACEHOLDER + "[^\"]*\"");
    private static final String MASK = "[secret]";

    /** Copies the collections. */
    public Stack {
        config = Map.copyOf(config);
        secretKeys = Set.copyOf(secretKeys);
        placeholders = Set.copyOf(placeholders);
    }

    /** The name of its file, for messages. */
    public String fileName() {
        return file.getFileName().toString();
    }

    /** What tells {@code pulumi config} that it is this configuration, for a shell. */
    public String selection() {
        return ShellWord.line(selectionWords());
    }

    /** The same word by word. */
    public List<String> selectionWords() {
        var isOwnFile = fileName().equals("Pulumi." + name + ".yaml");
        return isOwnFile
                ? List.of("--stack", reference)
                : List.of("--stack", reference, "--config-file", file.toString());
    }

    static Stack read(Project project, StackReference reference, Path file) {
        return of(project, reference, file, YamlFile.readText(file));
    }

    /** @param text what is in the file, or is to be */
    static Stack of(Project project, StackReference reference, Path file, String text) {
        var settings = YamlFile.readMap(file, text);
        boolean isOutput = ConfigOutput.isOne(settings);
        String fileName = file.getFileName().toString();
        Object config = isOutput ? ConfigOutput.config(fileName, settings) : settings.get("config");
        var values = new ConfigValues(project.name(), fileName);
        var written = isOutput ? WrittenValues.NONE : YamlFile.written(text, values::fullKey);
        values.writtenAs(written);
        if (config != null) {
            values.addAll(YamlFile.asMap(config, fileName + ": config must be a map of keys to values"));
        }
        project.config().complete(reference.name(), values);
        return new Stack(
                reference.name(),
                reference.text(),
                isOutput ? project.stackFiles().ofName(reference.name()) : file,
                values.texts(),
                values.secretKeys(),
                Set.of(),
                isOutput ? "" : Environments.of(settings),
                project.stackFiles().bases(),
                written);
    }

    /** What stands for the secret at this place of the configuration, for example {@code agentToken}. */
    static String placeholder(String place) {
        return PLACEHOLDER + place;
    }

    static boolean isPlaceholder(String value) {
        return value.startsWith(PLACEHOLDER);
    }

    /** This stack with a placeholder for each of these full keys that has no value yet. */
    public Stack withPlaceholderSecrets(Set<String> fullKeys) {
        var missing = new TreeSet<>(fullKeys);
        missing.removeAll(config.keySet());
        var values = new TreeMap<>(config);
        missing.forEach(key -> values.put(key, placeholder(key.substring(key.indexOf(':') + 1))));
        var secrets = new TreeSet<>(secretKeys);
        secrets.addAll(missing);
        missing.addAll(placeholders);
        return new Stack(name, reference, file, values, secrets, missing, environments, bases, written);
    }

    /** This stack with another value, which holds no secret. */
    public Stack withValue(String fullKey, String value) {
        var values = new TreeMap<>(config);
        values.put(fullKey, value);
        return new Stack(name, reference, file, values, secretKeys, placeholders, environments, bases, written);
    }

    /** The configuration as Pulumi shows it, in the order of the keys: each secret reads {@code [secret]}. */
    public Map<String, String> maskedConfig() {
        var masked = new TreeMap<String, String>(config);
        masked.replaceAll((key, value) -> secretKeys.contains(key) ? mask(value) : value);
        return masked;
    }

    private static String mask(String value) {
        return isPlaceholder(value) ? MASK : QUOTED_PLACEHOLDER.matcher(value).replaceAll("\"" + MASK + "\"");
    }
}

package io.buildkitefleet.pulumi;

import java.util.regex.Pattern;

/** The names that the engine builds: {@code urn:pulumi:stack::project::parentType$type::name}. */
public final class Urn {
    private static final String DELIMITER = "::";
    private static final String PREFIX = "urn:pulumi:";

    private static final Pattern GIVEN = Pattern.compile("-[0-9a-f]{7}");

    private Urn() {}

    /**
     * @param parent URN of the parent; the stack's own type does not become part of its children's
     * @see <a href="https://github.com/pulumi/pulumi/blob/v3.182.0/pkg/resource/deploy/deployment.go">generateURN</a>
     */
    public static String of(String stack, String project, String parent, String type, String name) {
        String parentType = parent.isEmpty() ? "" : qualifiedType(parent);
        String qualified =
                parentType.isEmpty() || parentType.equals(Registration.STACK_TYPE) ? type : parentType + "$" + type;
        return String.join(DELIMITER, PREFIX + stack, project, qualified, name);
    }

    /** The type with the types of its parents before it. */
    private static String qualifiedType(String urn) {
        return urn.split(DELIMITER, 4)[2];
    }

    /** Whether the text has the form of a URN. */
    public static boolean isOne(String text) {
        return text.startsWith(PREFIX) && text.split(DELIMITER, 4).length == 4;
    }

    /** The name of the stack. */
    public static String stack(String urn) {
        return urn.split(DELIMITER, 4)[0].substring(PREFIX.length());
    }

    /** The stack and its project, as {@code stack of project}. */
    public static String owner(String urn) {
        return stack(urn) + " of " + urn.split(DELIMITER, 4)[1];
    }

    /** What stands behind the stack and the project: types and logical name. */
    public static String inStack(String urn) {
        var parts = urn.split(DELIMITER, 4);
        return parts[2] + DELIMITER + parts[3];
    }

    /** The last part: the logical name. */
    public static String name(String urn) {
        return urn.split(DELIMITER, 4)[3];
    }

    /** The resource's own type. */
    public static String type(String urn) {
        var qualified = qualifiedType(urn);
        return qualified.substring(qualified.lastIndexOf('$') + 1);
    }

    /** How users know the resource: {@code type "name"}. */
    public static String describe(String type, String name) {
        return type + " \"" + name + "\"";
    }

    /** How users know the resource of this URN: {@code type "name"}. */
    public static String describe(String urn) {
        return describe(type(urn), name(urn));
    }

    /**
     * Whether a name is what Pulumi gives a resource for which the program has none.
     *
     * @param name of the resource in the program
     * @param given what it is called where it is made: the same with seven digits behind it
     */
    public static boolean isGivenName(String name, String given) {
        return given.startsWith(name)
                && GIVEN.matcher(given.substring(name.length())).matches();
    }
}

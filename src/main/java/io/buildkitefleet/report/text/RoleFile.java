package io.buildkitefleet.report.text;

import io.buildkitefleet.cloud.DeployerRole;
import io.buildkitefleet.cloud.Permission;
import io.buildkitefleet.config.value.Spelling;
import java.util.List;

/**
 * A custom role as {@code gcloud iam roles create --file} takes it.
 *
 * @see <a href="https://cloud.google.com/iam/docs/creating-custom-roles">Custom roles</a>
 */
public final class RoleFile {
    private RoleFile() {}

    /**
     * In YAML.
     *
     * @param fleet the name of the fleet
     * @param permissions of a preview and an update together
     */
    public static String text(DeployerRole role, String fleet, List<Permission> permissions) {
        var text = new StringBuilder("title: " + fleet + " " + Spelling.of(role) + "\n")
                .append("description: What ./fleet roles --role " + Spelling.of(role) + " says that the fleet " + fleet
                        + " needs\n")
                .append("stage: GA\nincludedPermissions:\n");
        permissions.stream().filter(role::takes).forEach(permission -> text.append("- ")
                .append(permission.name())
                .append('\n'));
        return text.toString();
    }
}

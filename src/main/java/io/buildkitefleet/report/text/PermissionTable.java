package io.buildkitefleet.report.text;

import io.buildkitefleet.cloud.Permission;
import io.buildkitefleet.resources.ResourceTypes;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Permissions, one a line, with what needs each and where that was read. */
public final class PermissionTable {
    private PermissionTable() {}

    /** For a terminal. */
    public static String text(List<Permission> permissions) {
        var table = new Table(Set.of(), "PERMISSION", "FOR", "OF", "SOURCE");
        permissions.forEach(permission -> table.row(
                permission.name(),
                permission.reads() ? "preview, up" : "up",
                permission.types().stream().map(ResourceTypes::brief).collect(Collectors.joining(", ")),
                permission.source()));
        return table.toString();
    }
}

package io.buildkitefleet.engine.provider;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.buildkitefleet.pulumi.PropertyValues;
import java.util.Map;
import java.util.TreeSet;
import org.yaml.snakeyaml.Yaml;
import pulumirpc.Provider.DiffResponse;
import pulumirpc.Provider.DiffResponse.DiffChanges;

/**
 * What changes in the configuration of a provider, and whether all that it made has to be made again: <a
 * href="https://github.com/pulumi/pulumi-kubernetes/blob/v4.32.0/provider/pkg/provider/provider.go">DiffConfig</a> of
 * the Kubernetes provider.
 */
final class ConfigurationDiff {
    private static final String IDENTIFIER = "clusterIdentifier";
    private static final String KUBECONFIG = "kubeconfig";

    private ConfigurationDiff() {}

    static DiffResponse of(String urn, Struct oldInputs, Struct newInputs) {
        var olds = Values.plain(oldInputs).getFieldsMap();
        var news = Values.plain(newInputs).getFieldsMap();
        var changed = new TreeSet<>(olds.keySet());
        changed.addAll(news.keySet());
        changed.removeIf(key -> olds.containsKey(key) && olds.get(key).equals(news.get(key)));
        var response = DiffResponse.newBuilder()
                .setChanges(changed.isEmpty() ? DiffChanges.DIFF_NONE : DiffChanges.DIFF_SOME)
                .addAllDiffs(changed);
        if (urn.contains("pulumi:providers:kubernetes::")) {
            replacements(olds, news, changed).forEach(response::addReplaces);
        }
        return response.build();
    }

    /**
     * An identifier that stays rules a replacement out, one that changes calls for it, one that comes or goes neither.
     */
    private static TreeSet<String> replacements(
            Map<String, Value> olds, Map<String, Value> news, TreeSet<String> changed) {
        var replaces = new TreeSet<String>();
        if (olds.containsKey(IDENTIFIER) && news.containsKey(IDENTIFIER)) {
            if (changed.contains(IDENTIFIER)) {
                replaces.add(IDENTIFIER);
            }
            return replaces;
        }
        if (changed.contains(KUBECONFIG) && !cluster(olds).equals(cluster(news))) {
            replaces.add(KUBECONFIG);
        }
        return replaces;
    }

    /** Server and authority of the cluster; what is not known yet differs from everything. */
    private static String cluster(Map<String, Value> configuration) {
        var text = configuration
                .getOrDefault(KUBECONFIG, Values.of(PropertyValues.UNKNOWN))
                .getStringValue();
        if (text.contains(PropertyValues.UNKNOWN)) {
            return new Object().toString();
        }
        Map<String, Object> kubeconfig = new Yaml().load(text);
        return String.valueOf(kubeconfig.get("clusters"));
    }
}

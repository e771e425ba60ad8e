package io.buildkitefleet.engine.provider;

import static java.util.Map.entry;

import com.google.protobuf.Struct;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ids that Google and Kubernetes give to the kinds of resources that the program uses. */
final class ResourceIds {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
    private static final String GRANT = "/{role}/{member}{condition}";
    private static final String SECRET_VERSION = "gcp:secretmanager/secretVersion:SecretVersion";

    /** Words in braces stand for inputs; {@code ~} for {@code projects/{project}}. */
    private static final Map<String, String> FORMS = Map.ofEntries(
            entry("gcp:artifactregistry/repository:Repository", "~/locations/{location}/repositories/{repositoryId}"),
            entry(
                    "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember",
                    "~/locations/{location}/repositories/{repository}" + GRANT),
            entry("gcp:compute/address:Address", "~/regions/{region}/addresses/{name}"),
            entry("gcp:compute/firewall:Firewall", "~/global/firewalls/{name}"),
            entry("gcp:compute/network:Network", "~/global/networks/{name}"),
            entry("gcp:compute/router:Router", "~/regions/{region}/routers/{name}"),
            entry("gcp:compute/routerNat:RouterNat", "{project}/{region}/{router}/{name}"),
            entry("gcp:compute/subnetwork:Subnetwork", "~/regions/{region}/subnetworks/{name}"),
            entry("gcp:container/cluster:Cluster", "~/locations/{location}/clusters/{name}"),
            entry("gcp:container/nodePool:NodePool", "~/locations/{location}/clusters/{cluster}/nodePools/{name}"),
            entry(
                    "gcp:iam/workloadIdentityPool:WorkloadIdentityPool",
                    "~/locations/global/workloadIdentityPools/{workloadIdentityPoolId}"),
            entry(
                    "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider",
                    "~/locations/global/workloadIdentityPools/{workloadIdentityPoolId}"
                            + "/providers/{workloadIdentityPoolProviderId}"),
            entry("gcp:kms/keyRing:KeyRing", "~/locations/{location}/keyRings/{name}"),
            entry("gcp:kms/cryptoKey:CryptoKey", "{keyRing}/cryptoKeys/{name}"),
            entry("gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember", "{cryptoKeyId}" + GRANT),
            entry("gcp:projects/iAMCustomRole:IAMCustomRole", "~/roles/{roleId}"),
            entry("gcp:projects/iAMMember:IAMMember", "{project}" + GRANT),
            entry("gcp:projects/service:Service", "{project}/{service}"),
            entry("gcp:projects/serviceIdentity:ServiceIdentity", "~/services/{service}"),
            entry("gcp:secretmanager/secret:Secret", "~/secrets/{secretId}"),
            entry("gcp:secretmanager/secretIamMember:SecretIamMember", "~/secrets/{secretId}" + GRANT),
            entry(SECRET_VERSION, "{secret}/versions/{version}"),
            entry(
                    "gcp:serviceaccount/account:Account",
                    "~/serviceAccounts/{accountId}@{project}.iam.gserviceaccount.com"),
            entry("gcp:serviceaccount/iAMMember:IAMMember", "{serviceAccountId}" + GRANT),
            entry("gcp:storage/bucket:Bucket", "{name}"),
            entry("gcp:storage/bucketIAMMember:BucketIAMMember", "b/{bucket}" + GRANT));

    private ResourceIds() {}

    /** Whether Google takes a second one of the same id as the first one again. */
    static boolean canBeShared(String type) {
        return type.endsWith("Member") || type.equals("gcp:projects/service:Service") || type.endsWith("Identity");
    }

    /** Whether the id cannot be told from the inputs, because Google counts. */
    static boolean isCounted(String type) {
        return type.equals(SECRET_VERSION);
    }

    /**
     * The id of a resource with these inputs.
     *
     * @param plain inputs without marks of secrets, and what the id needs that is no input
     */
    static String of(String type, Struct plain) {
        if (type.startsWith("kubernetes:")) {
            return ofKubernetes(plain);
        }
        return expand(FORMS.getOrDefault(type, type + "/{name}").replace("~", "projects/{project}"), plain);
    }

    private static String ofKubernetes(Struct plain) {
        var nested = Values.text(plain, "metadata", "name").isPresent();
        var name = nested ? Values.text(plain, "metadata", "name") : Values.text(plain, "name");
        var namespace = nested ? Values.text(plain, "metadata", "namespace") : Values.text(plain, "namespace");
        return namespace.map(prefix -> prefix + "/").orElse("") + name.orElse("");
    }

    /** The form with each word in braces replaced by the text of this name; what is not known is empty. */
    static String expand(String form, Struct plain) {
        return PLACEHOLDER.matcher(form).replaceAll(match -> Matcher.quoteReplacement(text(plain, match.group(1))));
    }

    /** An object, such as the condition of a grant, becomes a number of its own. */
    private static String text(Struct plain, String name) {
        var value = plain.getFieldsOrDefault(name, Values.of(""));
        return value.hasStructValue()
                ? "/"
                        + new TreeMap<>(value.getStructValue().getFieldsMap())
                                .toString()
                                .hashCode()
                : Values.text(plain, name).orElse("");
    }
}

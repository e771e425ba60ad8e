package io.buildkitefleet.text;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Forms that makers gave their secrets, so that they are found wherever they are, and shown nowhere.
 *
 * <p>Most are those that gitleaks knows
 * (https://github.com/gitleaks/gitleaks/blob/b58d3f102cf3a2c84cb7f923d05c25c9b1aed84b/config/gitleaks.toml). Its
 * lengths are the least ones here, or less: makers have made tokens longer. The others have their source beside them.
 */
public final class SecretForms {
    private static final List<Form> FORMS = List.of(
            new Form("a private key", "-----BEGIN[ A-Z0-9_-]{0,100}PRIVATE KEY(?: BLOCK)?-----"),
            new Form("a private key of age", "AGE-SECRET-KEY-1[A-Z0-9]{58}"),
            // Its own docs: https://buildkite.com/docs/apis/managing-api-tokens, .../agent/self-hosted/tokens
            new Form("a token of Buildkite", "bkua_[0-9a-f]{40}|bkct_[A-Za-z0-9_-]{16,}"),
            new Form("a token of GitHub", "gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22,}"),
            new Form(
                    "a token of GitLab",
                    "gl(?:pat|dt|rt|ptt|ft|imt|agent|oas|soat|ffct)-[A-Za-z0-9_.-]{20,}"
                            + "|glcbt-[A-Za-z0-9]{1,5}_[A-Za-z0-9_-]{20}|GR1348941[A-Za-z0-9_-]{20}"),
            new Form("a token of Atlassian", "ATATT3[A-Za-z0-9_=-]{20,}"),
            new Form("a key of AWS", "(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\\b|ABSK[A-Za-z0-9+/]{100,}"),
            // https://github.com/trufflesecurity/trufflehog, pkg/detectors/googleoauth2/googleoauth2_access_token.go
            new Form("a credential of Google", "AIza[A-Za-z0-9_-]{35}|ya29\\.[A-Za-z0-9_-]{10,}"),
            new Form("a secret of Azure", "[A-Za-z0-9_~.]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34}"),
            // https://github.com/trufflesecurity/trufflehog, pkg/detectors/dockerhub/v2/dockerhub.go
            new Form("a token of Docker", "dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,}"),
            new Form("a token of npm", "npm_[A-Za-z0-9]{36}"),
            new Form("a token of PyPI", "pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{20,}"),
            new Form("a key of RubyGems", "rubygems_[a-f0-9]{48}"),
            new Form("a token of Clojars", "CLOJARS_[a-z0-9]{60}"),
            new Form("a key of Artifactory", "AKCp[A-Za-z0-9]{69}|cmVmd[A-Za-z0-9]{59}"),
            new Form("a token of Vault", "hv[sb]\\.[A-Za-z0-9_-]{20,}"),
            new Form("a token of Terraform", "[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_=-]{60,}"),
            new Form("a token of Pulumi", "pul-[a-f0-9]{40}"),
            new Form(
                    "a token of Slack",
                    "xox[abeoprs]-[A-Za-z0-9-]{10,}|xoxe\\.xox[bp]-[0-9]-|xapp-[0-9]-[A-Z0-9]+-[0-9]+-"),
            new Form(
                    "an address of Slack that lets anybody post",
                    "hooks\\.slack\\.com/(?:services|workflows|triggers)/[A-Za-z0-9+/]{43,}"),
            new Form("an address of Teams that lets anybody post", "webhook\\.office\\.com/webhookb2/[a-z0-9-]{36}@"),
            new Form("a key of Stripe", "[rs]k_(?:test|live|prod)_[A-Za-z0-9]{10,}"),
            new Form("a key of Anthropic", "sk-ant-(?:api|admin)[0-9]{2}-[A-Za-z0-9_-]{80,}"),
            new Form(
                    "a key of OpenAI",
                    "sk-[A-Za-z0-9_-]{20,}T3BlbkFJ[A-Za-z0-9_-]{20,}"
                            + "|sk-(?:proj|svcacct|admin)-(?=[A-Za-z_-]*[0-9])[A-Za-z0-9_-]{20,}"),
            new Form("a token of Hugging Face", "hf_[A-Za-z]{34}|api_org_[A-Za-z]{34}"),
            new Form("a token of DigitalOcean", "do[opr]_v1_[a-f0-9]{64}"),
            new Form("a token of Databricks", "dapi[a-f0-9]{32}"),
            new Form("a token of Doppler", "dp\\.pt\\.[A-Za-z0-9]{43}"),
            new Form("a token of 1Password", "ops_eyJ[A-Za-z0-9+/]{100,}"),
            new Form("a token of Dynatrace", "dt0c01\\.[A-Za-z0-9]{24}\\.[A-Za-z0-9]{64}"),
            new Form("a token of Grafana", "glc_[A-Za-z0-9+/]{32,}|glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}"),
            new Form("a token of Sentry", "sntrys_eyJpYXQiO[A-Za-z0-9+/=_]{40,}|sntryu_[a-f0-9]{64}"),
            new Form("a key of New Relic", "NRAK-[A-Za-z0-9]{27}"),
            new Form("a key of SendGrid", "SG\\.[A-Za-z0-9=_.-]{66}"),
            new Form("a key of Heroku", "HRKU-AA[A-Za-z0-9_-]{58}"),
            new Form("a token of Fly.io", "fo1_[A-Za-z0-9_-]{43}|fm(?:1[ar]|2)_[A-Za-z0-9+/]{100,}"),
            new Form("a key of Postman", "PMAK-[A-Fa-f0-9]{24}-[A-Fa-f0-9]{34}"),
            new Form("a token of PlanetScale", "pscale_(?:tkn|oauth|pw)_[A-Za-z0-9_=.-]{32,}"),
            new Form("a token of Shopify", "shp(?:at|ca|pa|ss)_[A-Fa-f0-9]{32}"),
            new Form("a token of Sourcegraph", "sgp_(?:(?:[A-Fa-f0-9]{16}|local)_)?[A-Fa-f0-9]{40}"),
            new Form("a token of Linear", "lin_api_[A-Za-z0-9]{40}"),
            new Form("a token of Notion", "ntn_[0-9]{11}[A-Za-z0-9]{35}"),
            new Form("a token of OpenShift", "sha256~[A-Za-z0-9_-]{43}"),
            new Form("a key of Octopus Deploy", "API-[A-Z0-9]{26}\\b"),
            // RFC 7519: what is signed begins with an object in base64url, {".
            new Form("a signed token", "eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]+"));

    /** RFC 3986: a password in an address; what a shell or a template puts there is none. */
    private static final Pattern ADDRESS = Pattern.compile("://[^/\\s:@$<{*?#\"',]*:[^/\\s:@$<{*\"']{4,}@(?!sha256:)");

    /** In characters, of any of the forms. */
    private static final int SHORTEST = 14;

    /** All are longer than most words, so these are passed at once. */
    private static final Pattern ANY = Pattern.compile("(?<![A-Za-z0-9])(?=\\S{" + SHORTEST + "}|-----B)(?:"
            + FORMS.stream().map(form -> form.pattern().pattern()).collect(Collectors.joining("|")) + ")");

    /** In place of what is not shown. */
    private static final String HIDDEN = "***";

    /** With the rest of it: makers have made tokens longer. A private key is told by its first line. */
    private static final Pattern WHOLE = Pattern.compile("(?:" + ANY + ")(?:(?<=-----)(?s:.*)|[A-Za-z0-9_+/=.~-]*)");

    /**
     * The user and the password of an address, even if they hold what they must not. A name alone counts over HTTPS,
     * where it may be a token. Without a scheme, a path must follow: {@code user:jane@acme.com} is a member.
     */
    private static final Pattern USER = Pattern.compile("(?<=://)[^/\\s:@\"']*:(?![0-9]{1,5}/)[^\\s\"']*@(?!sha256:)"
            + "|(?<=https?://)[^/\\s:@\"']+@"
            + "|(?<![A-Za-z0-9._/@:-])[A-Za-z0-9._-]+:[^\\s\"'/@]+@(?=[a-z0-9.-]+(?::[0-9]{1,5})?/)");

    /** As most generators write what is random: nobody calls a secret so. */
    private static final Pattern RANDOM = Pattern.compile("(?i)[0-9a-f]{32,}"
            + "|(?:^|[_-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
            + "|(?=[A-Z0-9]{20})(?:[A-Z]*[0-9]+(?=[A-Z])){3}");

    private SecretForms() {}

    /**
     * What a text has that the name of a secret has not, as the end of a sentence about that: the form of the secret
     * itself, or many letters and digits in no order.
     */
    public static Optional<String> inName(String name) {
        return in(name).or(() ->
                RANDOM.matcher(name).find() ? Optional.of("looks random, as a secret does") : Optional.empty());
    }

    /** The text with {@code ***} in place of what has such a form, and of user and password of an address. */
    public static String hidden(String text) {
        return WHOLE.matcher(withoutUser(text)).replaceAll(HIDDEN);
    }

    /** Whether there is an address in the text of which {@link #hidden} does not show user and password. */
    public static boolean hasUser(String text) {
        return USER.matcher(text).find();
    }

    private static String withoutUser(String text) {
        return USER.matcher(text).replaceAll(HIDDEN + "@");
    }

    /** What has such a form in a text, as the end of a sentence about that. */
    public static Optional<String> in(String text) {
        if (text.length() >= SHORTEST) {
            var found = ANY.matcher(text);
            if (found.find()) {
                return FORMS.stream()
                        .filter(form -> form.pattern().matcher(found.group()).matches())
                        .findFirst()
                        .map(form -> "has the form of " + form.what());
            }
        }
        return text.contains("://") && ADDRESS.matcher(text).find()
                ? Optional.of("has a password in an address")
                : Optional.empty();
    }

    /** @param what has it */
    private record Form(String what, Pattern pattern) {
        Form(String what, String regex) {
            this(what, Pattern.compile(regex));
        }
    }
}

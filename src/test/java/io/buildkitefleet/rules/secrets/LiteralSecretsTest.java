package io.buildkitefleet.rules.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.testing.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets by name, by form and inside texts; and what only looks like one. */
class LiteralSecretsTest {
    /** Letters and digits as a generator would make them. */
    private static final String RANDOM = "q7Zx2mKd9Rf4Tb8Wc1Yv6Hn3Jg5Ls0Pa";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PGPASSWORD",
                "MYSQL_PWD",
                "DB_PASS",
                "dbPass",
                "db.password",
                "SSHPASS",
                "keyStorePassword",
                "passwords",
                "password2",
                "ADMIN_PASSWORD_BASE64",
                "passwordValue",
                "password.txt",
                "DB_PASSWORD_STAGING",
                "REDISCLI_AUTH",
                "DB_PSW",
                "ARTIFACTORY_PSW",
                "DB_PW",
                "dbPswd",
                "PASSCODE"
            })
    void underTheNameOfAPasswordEverythingIsOne(String name) {
        assertThat(seen(name, "hunter2")).isTrue();
        assertThat(seen(name, "correct-horse")).isTrue();
        assertThat(seen(name, "12345678\n")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$PASSWORD",
                "${DB_PASSWORD:-}",
                "$(cat /run/secrets/db)",
                "{{ .Values.password }}",
                "<your password>",
                "/run/secrets/db",
                "./password",
                "vault:secret/data/db#password",
                "op://ci/db/password",
                "projects/acme/secrets/db/versions/1",
                "true",
                "None",
                "****",
                "xxxxxxxx",
                "[secret]",
                "#!/bin/sh\ncat /run/db\n",
                ""
            })
    void whatStandsForAPasswordIsNone(String value) {
        assertThat(seen("DB_PASSWORD", value)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TOKEN",
                "_authToken",
                "SECRET",
                "client_secret",
                "apiKey",
                "API-KEY",
                "AWS_SECRET_ACCESS_KEY",
                "credential",
                "credentials",
                "GITHUB_PAT",
                "AccountKey",
                "identitytoken",
                "client-key-data",
                "secretValue",
                "NPM_TOKEN_PROD",
                "SECRET_KEY_BASE"
            })
    void underTheNameOfASecretWhatIsNoNameIsOne(String name) {
        assertThat(seen(name, "hunter22x")).isTrue();
        assertThat(seen(name, "wJalrXUtnFEMIKMDENGbPxRfiCY")).isTrue();
        assertThat(seen(name, "abcdefghijklmnopqrstuvwxyz")).isTrue();
        assertThat(seen(name, "3f2504e0-4f89-11d3-9a0c-0305e82c3301")).isTrue();
        assertThat(seen(name, "aB3dE6gH9jK2mN5pQ8==")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "my-secret-in-europe-west1",
                "acme-ci-prod-1-deploy-key",
                "buildkite-agent-token-v2",
                "k8s-e2e-token",
                "agent-token-7d4b9c5f6d",
                "ci-agent-stack-k8s-secrets",
                "BUILDKITE_AGENT_TOKEN",
                "BuildkiteAgentToken",
                "agent_token.v1",
                "default/agent-token",
                "acme/ci:latest",
                "ci@acme-prod.iam.gserviceaccount.com",
                "ghcr.io/acme/tokens@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "projects/123456789012/secrets/agent-token",
                "read the runbook first",
                "^projects/.*/secrets/token1$",
                "1234567890"
            })
    void theNameOfASecretIsNoSecret(String value) {
        assertThat(seen("SECRET", value)).isFalse();
        assertThat(seen("credential", value)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "compass",
                "bypass",
                "secretName",
                "passwordFile",
                "tokenExpirationSeconds",
                "AWS_ACCESS_KEY_ID",
                "kmsKey",
                "PATH",
                "author"
            })
    void otherNamesSayNothing(String name) {
        assertThat(seen(name, "hunter22x")).isFalse();
        assertThat(seen(name, RANDOM)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"env\": [{\"name\": \"PGPASSWORD\", \"value\": \"hunter2\"}]}",
                "{\"metadata\": [{\"key\": \"db-password\", \"value\": \"hunter2\"}]}",
                "{\"passwords\": [\"hunter2\"]}",
                "{\"password\": 12345678}",
                "{\"extra\": [{\"kind\": \"Secret\", \"stringData\": {\"x\": \"hunter2\", \"y\": \"$Y\"}}]}",
                "{\"kind\": \"Secret\", \"data\": {\"x\": \"aHVudGVyMg==\", \"y\": \"[secret]\"}}",
                "{\"secrets\": {\"stripe\": \"q7Zx2mKd9Rf4Tb8W\"}}",
                "{\"httpHeaders\": [{\"name\": \"Authorization\", \"value\": \"Bearer hunter22x\"}]}",
                "{\"args\": [\"--password\", \"hunter22x\"]}",
                "{\"args\": [\"--token=hunter22x\"]}",
                "{\"command\": [\"curl\", \"-u\", \"ci:hunter2\", \"https://example.com\"]}",
                "{\"command\": [\"mysql\", \"-uroot\", \"-phunter2\"]}",
                "{\"command\": [\"sshpass\", \"-p\", \"hunter2\", \"ssh\", \"ci@example.com\"]}",
                "{\"headers\": {\"Cookie\": \"session=hunter22x\"}}",
                "{\"ConnectionStrings\": {\"App\": \"Server=db;User ID=ci;Password=hunter2;\"}}"
            })
    void structureTellsWhatAValueIs(String inputs) {
        assertThat(new LiteralSecrets().in(Json.parse(inputs).getAsJsonObject()))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"env\": [{\"name\": \"PGPASSWORD\", \"valueFrom\": {\"secretKeyRef\": {\"name\": \"db\", \"key\": \"password\"}}}]}",
                "{\"volumes\": [{\"name\": \"token\", \"secret\": {\"secretName\": \"token-7d4b9c5f6d\"}}]}",
                "{\"args\": [\"--password-stdin\", \"--secret\", \"id=npm,src=/run/npm\"]}",
                "{\"automountServiceAccountToken\": false}",
                "{\"schema\": {\"password\": {\"type\": \"string\"}}}",
                "{\"rules\": [{\"resources\": [\"secrets\", \"configmaps\"], \"verbs\": [\"get\"]}]}",
                "{\"auth\": \"oidc\"}"
            })
    void whatRefersToASecretIsNone(String inputs) {
        assertThat(new LiteralSecrets().in(Json.parse(inputs).getAsJsonObject()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"password\": \"hunter2\"}",
                "{\"config\": \"{\\\"password\\\": \\\"hunter2\\\"}\"}",
                "say {\\\"apiKey\\\": \\\"hunter22x\\\"} to it",
                "user: ci\npassword: hunter2\n",
                "password: |\n  hunter2\n",
                "'password': 'hunter2'",
                "//registry.npmjs.org/:_authToken=hunter22x",
                "export PGPASSWORD=hunter2; psql",
                "password = hunter2",
                "mysql --password hunter22x -e 'select 1'",
                "vault login --token=hunter22x",
                "java -Djavax.net.ssl.keyStorePassword=hunter2 -jar x.jar",
                "Server=db;Uid=ci;Pwd=hunter2;",
                "DefaultEndpointsProtocol=https;AccountKey=q7Zx2mKd9Rf4Tb8Wc1Yv6Hn3==",
                "https://example.com/hook?token=hunter22x",
                "curl -H 'Authorization: Bearer hunter22x' https://example.com",
                "Authorization: Basic Y2k6aHVudGVyMg==",
                "curl -s -u ci:hunter2 https://example.com",
                "machine example.com login ci password hunter2",
                "<server><password>hunter2</password></server>",
                "<add key=\"ClearTextPassword\" value=\"hunter2\" />",
                "- name: PGPASSWORD\n  value: hunter2\n",
                "git clone https://ci:hunter2@example.com/x",
                "redis://:hunter2@cache:6379",
                "mysql -phunter2 -e 'select 1'",
                "mysql -h db -uroot -phunter2 app",
                "mysqldump -u root -p'hunter2' app > app.sql",
                "mysqladmin ping -h localhost -p\"hunter2\"",
                "sshpass -p hunter2 ssh ci@example.com",
                "sshpass -phunter2 ssh ci@example.com",
                "docker login -u ci -p hunter2 ghcr.io",
                "mongosh -u root -p hunter2 app",
                "redis-cli -h cache -a hunter2 ping",
                "ldapsearch -D cn=ci -w hunter2",
                "openssl enc -d -aes-256-cbc -pass pass:hunter2 -in x",
                "CREATE USER 'ci'@'%' IDENTIFIED BY 'hunter2';",
                "ALTER ROLE ci WITH LOGIN PASSWORD 'hunter2';",
                "db.example.com:5432:app:ci:hunter2\n",
                "# of the team\n*:*:*:postgres:hunter2\n",
                "curl -H 'Cookie: session=hunter22x' https://example.com",
                "Set-Cookie: id=1; session=q7Zx2mKd9Rf4Tb8W; Path=/; Secure",
                "Cookie: theme=dark; session=hunter22x",
                "Server=tcp:db,1433;Initial Catalog=app;User ID=ci;Password=hunter2;Encrypt=True;",
                "Data Source=db; User Id=ci; password = hunter2;",
                "jdbc:postgresql://db/app?user=ci&password=hunter2",
                "jdbc:sqlserver://db:1433;databaseName=app;user=ci;password=hunter2",
                "jdbc:oracle:thin:ci/hunter2@//db:1521/app",
                "# the old token: q7Zx2mKd9Rf4Tb8Wc"
            })
    void aFileOrACommandMayHoldOne(String text) {
        assertThat(seen("file", text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "see secret: buildkite-agent-token-v2",
                "the password: ask the team",
                "Token: see below, under credentials",
                "password=\"$1\"\ntoken=\"$(cat /run/token)\"",
                "if [ \"$password\" = \"none\" ]; then exit 1; fi",
                "echo \"${PASSWORD:?is not set}\"",
                "password = getpass()\ntoken = os.environ['TOKEN']\nconnect(password=password)",
                "self.token == 'abcdefghijklmnopqrstuvwxyz1'",
                "docker login --username ci --password-stdin",
                "docker build --secret id=npmtoken,src=/run/npm .",
                "gcloud secrets versions access latest --secret=my-agent-token",
                "<password>${env.PASSWORD}</password>",
                "https://ci:$PASSWORD@example.com https://ci:{{ token }}@example.com",
                "docker://alpine:3.22@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "-----BEGIN CERTIFICATE-----",
                "secret:\n  secretName: agent-token-7d4b9c5f6d\n",
                "mysql -u root -p -e 'select 1'",
                "mysql -u root -p$MYSQL_PASSWORD app; mkdir -p /data",
                "mysql -p\"${DB_PASSWORD}\" --port 3306",
                "docker run -d mysql -p3306:3306",
                "sshpass -p \"$PASSWORD\" ssh ci@example.com; mkdir -p builds",
                "echo \"$TOKEN\" | docker login -u ci --password-stdin && cp -p a.txt b.txt",
                "redis-cli -h cache -a \"$REDIS_PASSWORD\"",
                "openssl enc -pass env:PASSWORD -in x; openssl req -passin file:/run/pass",
                "ALTER ROLE ci WITH PASSWORD '${PASSWORD}';",
                "Say which user has the password 'of the team'",
                "Cookie: theme=dark; lang=en",
                "Set-Cookie: theme=; Max-Age=3600; Path=/; SameSite=Lax; Expires=Wed, 21 Oct 2026 07:28:00 GMT",
                "Server=db;User ID=ci;Password=${DB_PASSWORD};",
                "jdbc:oracle:thin:@//db:1521/app",
                "10:20:30:40:50\n00:11:22:33:44:55\nroot:x:0:0:root:/root:/bin/bash\n",
                "listen: app:8080:tcp\n"
            })
    void aFileOrACommandMayNameOne(String text) {
        assertThat(seen("file", text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "-----BEGIN OPENSSH ,PRIVATE KEY-----",
        "glp,at-q7Zx2mKd9Rf4Tb8Wc1Yv",
        "gld,t-q7Zx2mKd9Rf4Tb8Wc1Yv",
        "np,m_q7Zx2mKd9Rf4Tb8Wc1Yv6Hn3Jg5Ls0Paq7Zx",
        "dckr_,pat_q7Zx2mKd9Rf4Tb8Wc1Yv6Hn3Jg5",
        "hv,s.q7Zx2mKd9Rf4Tb8Wc1Yv6Hn3Jg5Ls0Pa",
        "gh,p_q7Zx2mKd9Rf4Tb8Wc1Yv6Hn3Jg5Ls0Paq7Zx",
        "AKI,AQ7ZX2MKD9RF4TB8W",
        "xox,b-123456789012-q7Zx2mKd9Rf4",
        "AIz,aq7Zx2mKd9Rf4Tb8Wc1Yv6Hn3Jg5Ls0Paq7Z",
        "ya2,9.q7Zx2mKd9Rf4Tb8Wc1Yv",
        "pypi-AgEI,cHlwaS5vcmcq7Zx2mKd9Rf4Tb8Wc1Yv",
        "sk_li,ve_q7Zx2mKd9Rf4Tb8W",
        "pu,l-0123456789abcdef0123456789abcdef01234567",
        "SG,.q7Zx2mKd9Rf4Tb8Wc1Yv6.Hn3Jg5Ls0Paq7Zx2mKd9Rf4Tb8Wc1Yv6Hn3Jg5Ls0Paq7Zx2m",
        "eyJ,hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.q7Zx2mKd9Rf4"
    })
    void aMakersFormIsKnownUnderAnyName(String beginning, String rest) {
        assertThat(seen("note", beginning + rest)).isTrue();
        assertThat(seen("note", "see " + beginning + rest + " there")).isTrue();
    }

    @Test
    void base64IsLookedInto() {
        var key = "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n";
        assertThat(seen("note", encoded(key))).isTrue();
        assertThat(seen("note", encoded(encoded(key)))).isTrue();
        assertThat(seen("note", "clusters:\n- data: " + encoded(key) + "\n  name: a\n"))
                .isTrue();
        assertThat(seen("note", encoded("PGPASSWORD=hunter2"))).isTrue();
        assertThat(seen("note", encoded("-----BEGIN CERTIFICATE-----\nMIIE\n"))).isFalse();
    }

    @Test
    void noNameIsAsLongAsABlob() {
        assertThat(seen("TOKEN", "Abcd".repeat(100_000))).isTrue();
    }

    @Test
    void whatDockerKeepsOfALoginIsASecret() {
        var file = "{\"auths\": {\"ghcr.io\": {\"auth\": \"" + encoded("ci:hunter2") + "\"}}}";
        assertThat(seen(".dockerconfigjson", file)).isTrue();
    }

    @Test
    void aKubeconfigHoldsAToken() {
        assertThat(seen("kubeconfig", "users:\n- name: ci\n  user:\n    token: " + RANDOM + "\n"))
                .isTrue();
        assertThat(seen(
                        "kubeconfig",
                        "users:\n- name: ci\n  user:\n    exec:\n      command: gke-gcloud-auth-plugin\n"))
                .isFalse();
    }

    @Test
    void eachPlaceIsToldAndNoSecretIs() {
        var inputs = new JsonObject();
        inputs.addProperty("PGPASSWORD", "hunter2");
        inputs.addProperty("script", "TOKEN=" + RANDOM);
        inputs.addProperty("other", "fine");
        assertThat(new LiteralSecrets().in(inputs))
                .extracting(LiteralSecret::toString)
                .containsExactly(
                        "PGPASSWORD looks like a secret: it stands under the name of a secret",
                        "script looks like a secret: it gives a value to TOKEN");
    }

    @Test
    void aSecretThatPulumiKeepsIsNotInClear() {
        var marked = Json.parse(
                "{\"4dabf18193072939515e22adb298388d\": \"1b47061264138c4ac30d75fd1eb44270\", \"value\": \"hunter2\"}");
        assertThat(new LiteralSecrets().in(inputs("password", marked))).isEmpty();
    }

    @Test
    void aTextThatWasSeenOnceIsStillFoundElsewhere() {
        var search = new LiteralSecrets();
        var script = new JsonPrimitive("true\n".repeat(50) + "TOKEN=" + RANDOM);
        assertThat(List.of(search.in(inputs("a", script)), search.in(inputs("b", script))))
                .allMatch(found -> found.size() == 1);
    }

    private static boolean seen(String name, String value) {
        return !new LiteralSecrets().in(inputs(name, new JsonPrimitive(value))).isEmpty();
    }

    private static JsonObject inputs(String name, JsonElement value) {
        var inputs = new JsonObject();
        inputs.add(name, value);
        return inputs;
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

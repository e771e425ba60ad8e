package io.buildkitefleet.kubernetes.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The credential helper of the docker in a job, in an image that has little more than a shell. */
class DockerCredentialTest {
    private static final Path HELPER =
            Path.of("src/main/resources/docker/docker-credential-fleet").toAbsolutePath();
    private static final String REGISTRY = "us-west1-docker.pkg.dev";
    private static final String TOKEN = """
            {
              "access_token" : "ya29.c.b0AXv0zTO-the_token.",
              "expires_in": 3599, "token_type": "Bearer"
            }""";

    @TempDir
    Path directory;

    private record Run(int exitCode, String out) {}

    @BeforeEach
    void provideWhatEveryImageHas() throws IOException {
        for (var command : List.of("sh", "cat", "sed", "tr")) {
            executable(command, "#!/bin/sh\nexec " + find(command) + " \"$@\"\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "curl, -fsS -m 10 -H Metadata-Flavor: Google",
        "wget, -q -t 1 -T 10 -O - --header Metadata-Flavor: Google"
    })
    void logsInWithATokenOfTheJobsIdentity(String client, String arguments) throws Exception {
        answer(client, "printf '%s' '" + TOKEN + "'");
        var run = run("get", "https://" + REGISTRY);

        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(JsonParser.parseString(run.out())).isEqualTo(JsonParser.parseString("""
                {"ServerURL": "https://us-west1-docker.pkg.dev", "Username": "oauth2accesstoken",
                 "Secret": "ya29.c.b0AXv0zTO-the_token."}"""));
        assertThat(Files.readString(directory.resolve("asked")))
                .isEqualTo(
                        arguments
                                + " http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://index.docker.io/v1/",
                "us-west1-docker.pkg.dev.example.com",
                "https://europe-docker.pkg.dev",
                "https://example.com/us-west1-docker.pkg.dev",
                ""
            })
    void givesTheTokenToNoOtherRegistry(String server) throws Exception {
        answer("curl", "printf '%s' '" + TOKEN + "'");
        var run = run("get", server);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).startsWith("docker-credential-fleet: ").doesNotContain("the_token");
        assertThat(directory.resolve("asked")).doesNotExist();
    }

    @Test
    void saysWhatTheImageLacks() throws Exception {
        var run = run("get", REGISTRY);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("the image has neither curl nor wget");
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit 22", "printf '%s' '{\"error\": \"none\"}'"})
    void saysThatThereIsNoToken(String body) throws Exception {
        answer("curl", body);
        var run = run("get", REGISTRY);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("the metadata server gave no token");
    }

    @Test
    void keepsNothing() throws Exception {
        assertThat(run("store", "{\"Secret\": \"x\"}")).isEqualTo(new Run(0, ""));
        assertThat(run("erase", REGISTRY)).isEqualTo(new Run(0, ""));
        assertThat(run("list", "")).isEqualTo(new Run(0, "{}\n"));
    }

    /** A program that downloads: it notes what it is asked, and does this. */
    private void answer(String client, String body) throws IOException {
        executable(client, "#!/bin/sh\nprintf '%s\\n' \"$*\" >\"" + directory.resolve("asked") + "\"\n" + body + "\n");
    }

    private Run run(String verb, String input) throws IOException, InterruptedException {
        var in = Files.writeString(directory.resolve("in"), input);
        var out = directory.resolve("out");
        var builder = new ProcessBuilder(find("sh"), HELPER.toString(), verb)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", directory.resolve("bin").toString());
        builder.environment().put("FLEET_IMAGES", REGISTRY + "/acme-ci-dev/bk-dev-images");
        var process = builder.start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Run(process.exitValue(), Files.readString(out));
    }

    private void executable(String name, String text) throws IOException {
        var file = Files.createDirectories(directory.resolve("bin")).resolve(name);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String find(String command) {
        return List.of(System.getenv("PATH").split(":")).stream()
                .map(bin -> Path.of(bin, command))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow()
                .toString();
    }
}

package io.buildkitefleet.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A headless Chromium with a profile of its own. It talks W3C WebDriver over plain HTTP:
 * https://www.w3.org/TR/webdriver2/
 */
final class Browser implements AutoCloseable {
    private static final List<String> FLAGS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars");

    private static final Pattern PORT = Pattern.compile("started successfully on port (\\d+)");

    private static final Gson JSON = new Gson();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process driver;
    private final String session;

    private Browser(Process driver, int port, Path profile, int width) throws IOException, InterruptedException {
        this.driver = driver;
        var server = "http://localhost:" + port + "/session";
        var options = Map.of(
                "args",
                Stream.concat(FLAGS.stream(), Stream.of("--user-data-dir=" + profile))
                        .toList(),
                "mobileEmulation",
                Map.of("deviceMetrics", Map.of("width", width, "height", 800, "pixelRatio", 1)));
        var capabilities = Map.of("goog:chromeOptions", options, "goog:loggingPrefs", Map.of("browser", "ALL"));
        var answer = post(server, Map.of("capabilities", Map.of("alwaysMatch", capabilities)));
        this.session = server + "/" + answer.getAsJsonObject().get("sessionId").getAsString();
    }

    /**
     * Starts one.
     *
     * @param directory where its profile goes
     * @param width of its window, in CSS pixels
     */
    static Browser start(Path directory, int width) throws IOException, InterruptedException {
        var driver = new ProcessBuilder("chromedriver", "--port=0")
                .redirectErrorStream(true)
                .start();
        try {
            var reader = driver.inputReader();
            var said = new StringBuilder();
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                said.append(line).append('\n');
                var port = PORT.matcher(line);
                if (port.find()) {
                    return new Browser(
                            driver, Integer.parseInt(port.group(1)), Files.createTempDirectory(directory, "p"), width);
                }
            }
            throw new IOException("chromedriver ends: " + said);
        } catch (IOException | InterruptedException | RuntimeException failed) {
            driver.destroy();
            throw failed;
        }
    }

    /** Opens a page in a colour scheme, {@code light} or {@code dark}. */
    void open(Path page, String scheme) throws IOException, InterruptedException {
        var feature = Map.of("name", "prefers-color-scheme", "value", scheme);
        post(
                session + "/goog/cdp/execute",
                Map.of("cmd", "Emulation.setEmulatedMedia", "params", Map.of("features", List.of(feature))));
        post(session + "/url", Map.of("url", page.toUri().toString()));
    }

    /** What a script returns. */
    JsonElement run(String script) throws IOException, InterruptedException {
        return post(session + "/execute/sync", Map.of("script", script, "args", List.of()));
    }

    /** What the page and the browser said on the console since this was last asked. */
    List<String> console() throws IOException, InterruptedException {
        return post(session + "/se/log", Map.of("type", "browser")).getAsJsonArray().asList().stream()
                .map(entry -> entry.getAsJsonObject().get("message").getAsString())
                .collect(Collectors.toList());
    }

    /** All of the page as a PNG. */
    byte[] screenshot() throws IOException, InterruptedException {
        var answer = post(
                session + "/goog/cdp/execute",
                Map.of("cmd", "Page.captureScreenshot", "params", Map.of("captureBeyondViewport", true)));
        return Base64.getDecoder().decode(answer.getAsJsonObject().get("data").getAsString());
    }

    private JsonElement post(String address, Object body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address))
                .timeout(Duration.ofMinutes(1))
                .POST(BodyPublishers.ofString(JSON.toJson(body)))
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return ((JsonObject) JsonParser.parseString(answer.body())).get("value");
    }

    /** Chromium ends with its session. */
    @Override
    public void close() throws IOException {
        try {
            http.send(HttpRequest.newBuilder(URI.create(session)).DELETE().build(), BodyHandlers.discarding());
            driver.destroy();
            driver.waitFor();
        } catch (InterruptedException interrupted) {
            driver.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

package dev.clap4j.internal.hub;

import dev.clap4j.ClapException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings of the hub, from the environment variables of Python's {@code huggingface_hub}.
 *
 * @param endpoint the hub's address, without a slash at the end: {@code HF_ENDPOINT}
 * @param cache the folder of downloaded models: {@code HF_HUB_CACHE}, else {@code hub} in {@code HF_HOME}, else {@code
 *     huggingface/hub} in {@code XDG_CACHE_HOME} or {@code ~/.cache}
 * @param offline whether nothing may be downloaded: {@code HF_HUB_OFFLINE}
 * @param links whether files of snapshots are links where the system has them; not with {@code
 *     HF_HUB_DISABLE_SYMLINKS}
 * @param token {@code HF_TOKEN}, else the content of {@code HF_TOKEN_PATH}, which is {@code token} in {@code HF_HOME}
 *     by default; none with {@code HF_HUB_DISABLE_IMPLICIT_TOKEN}
 * @param answer the longest wait for an answer: {@code HF_HUB_ETAG_TIMEOUT}, in seconds
 * @param data the longest wait for more of a file: {@code HF_HUB_DOWNLOAD_TIMEOUT}, in seconds
 * @param pause the pause before the first retry, doubled before each further one
 */
record HubSettings(
        URI endpoint,
        Path cache,
        boolean offline,
        boolean links,
        Optional<Token> token,
        Duration answer,
        Duration data,
        Duration pause) {
    private static final String PUBLIC = "https://huggingface.co";
    private static final Set<String> TRUE = Set.of("1", "ON", "YES", "TRUE");
    private static final int SECONDS = 10;
    private static final int LAST_PORT = 65_535;
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{(\\w+)\\}|(\\w+))");

    /** Reads the settings of the current user. */
    static HubSettings ofUser() {
        return of(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    /**
     * Reads settings.
     *
     * @param environment environment variables
     * @param home the user's home folder
     * @throws ClapException if a variable cannot be used
     */
    static HubSettings of(Map<String, String> environment, Path home) {
        Path caches = path(environment, home, "XDG_CACHE_HOME").orElse(home.resolve(".cache"));
        Path hub = path(environment, home, "HF_HOME").orElse(caches.resolve("huggingface"));
        Path cache = path(environment, home, "HF_HUB_CACHE")
                .or(() -> path(environment, home, "HUGGINGFACE_HUB_CACHE"))
                .orElse(hub.resolve("hub"));
        return new HubSettings(
                endpoint(environment.getOrDefault("HF_ENDPOINT", "")),
                cache,
                isTrue(environment, "HF_HUB_OFFLINE") || isTrue(environment, "TRANSFORMERS_OFFLINE"),
                !isTrue(environment, "HF_HUB_DISABLE_SYMLINKS"),
                token(environment, path(environment, home, "HF_TOKEN_PATH").orElse(hub.resolve("token"))),
                seconds(environment, "HF_HUB_ETAG_TIMEOUT"),
                seconds(environment, "HF_HUB_DOWNLOAD_TIMEOUT"),
                Duration.ofSeconds(1));
    }

    HubSettings withPause(Duration other) {
        return new HubSettings(endpoint, cache, offline, links, token, answer, data, other);
    }

    HubSettings withoutDownloads() {
        return new HubSettings(endpoint, cache, true, links, token, answer, data, pause);
    }

    /** Returns the host, as messages name it. */
    String host() {
        return endpoint.getPort() < 0 ? endpoint.getHost() : endpoint.getHost() + ":" + endpoint.getPort();
    }

    private static Optional<Token> token(Map<String, String> environment, Path file) {
        if (isTrue(environment, "HF_HUB_DISABLE_IMPLICIT_TOKEN")) {
            return Optional.empty();
        }
        return Token.of(environment.getOrDefault("HF_TOKEN", "")).or(() -> Token.read(file));
    }

    private static URI endpoint(String given) {
        String text = given.isBlank() ? PUBLIC : given.strip().replaceAll("/+$", "");
        try {
            URI endpoint = new URI(text);
            boolean http =
                    "http".equalsIgnoreCase(endpoint.getScheme()) || "https".equalsIgnoreCase(endpoint.getScheme());
            if (http
                    && endpoint.getHost() != null
                    && endpoint.getUserInfo() == null
                    && endpoint.getQuery() == null
                    && endpoint.getFragment() == null
                    && endpoint.getPort() <= LAST_PORT) {
                return endpoint;
            }
        } catch (URISyntaxException e) {
            // Reported below, like any other invalid address.
        }
        // Not shown, for it may hold a password.
        throw new ClapException(
                "HF_ENDPOINT should be a plain address such as " + PUBLIC + ", without a user, a password or a query");
    }

    private static Optional<Path> path(Map<String, String> environment, Path home, String name) {
        String text = expanded(environment.getOrDefault(name, ""), environment);
        if (text.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    text.equals("~") ? home : text.startsWith("~/") ? home.resolve(text.substring(2)) : Path.of(text));
        } catch (InvalidPathException e) {
            throw new ClapException(name + " should be a folder or file, but \"" + text + "\" cannot be one", e);
        }
    }

    /** Replaces {@code $NAME} and {@code ${NAME}}; unknown ones stay. */
    private static String expanded(String text, Map<String, String> environment) {
        return VARIABLE.matcher(text).replaceAll(found -> {
            String name = found.group(1) == null ? found.group(2) : found.group(1);
            return Matcher.quoteReplacement(environment.getOrDefault(name, found.group()));
        });
    }

    private static boolean isTrue(Map<String, String> environment, String name) {
        return TRUE.contains(environment.getOrDefault(name, "").toUpperCase(Locale.ROOT));
    }

    private static Duration seconds(Map<String, String> environment, String name) {
        String text = environment.getOrDefault(name, "").strip();
        if (text.isEmpty()) {
            return Duration.ofSeconds(SECONDS);
        }
        if (!text.matches("[1-9]\\d{0,5}")) {
            throw new ClapException(
                    name + " should be a number of seconds such as " + SECONDS + ", but is \"" + text + "\"");
        }
        return Duration.ofSeconds(Long.parseLong(text));
    }
}

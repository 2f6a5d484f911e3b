package dev.clap4j.internal.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.internal.io.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A repository on the hub: its list of files, and their contents. */
final class RemoteRepository {
    private static final int MOST_LISTING_BYTES = 16 << 20;

    /** The longest time for a list, as a multiple of the longest wait for more of a file. */
    private static final int LONGEST_LISTING = 3;

    private static final String SEGMENT = "[^./\\\\:\\p{Cntrl}][^/\\\\:\\p{Cntrl}]{0,200}";
    private static final String NAME = SEGMENT + "(?:/" + SEGMENT + ")?";
    private static final String ETAG = "[A-Za-z0-9_=+-][A-Za-z0-9._=+-]{0,127}";

    private final HubClient client;
    private final Repository repository;

    RemoteRepository(HubClient client, Repository repository) {
        this.client = client;
        this.repository = repository;
    }

    Repository repository() {
        return repository;
    }

    /**
     * The files of a revision.
     *
     * @param commit the commit of the revision
     * @param names the names of the files in its main folder and, after a slash, in the folders there
     */
    record Listing(String commit, Set<String> names) {}

    /**
     * Asks for the commit of the revision and its files.
     *
     * @throws IOException if there is no answer
     * @throws ClapException if there is no such repository or revision, or access is denied
     */
    Listing list(Progress progress) throws IOException {
        String path = "/api/models/" + repository.id() + "/revision/" + escaped(repository.revision());
        HttpResponse<BodyChunks> response = client.send(
                new HubClient.Request("GET", path, Map.of(), HubClient.Follow.EVERYWHERE),
                head -> new BodyChunks(),
                progress);
        try (BodyChunks body = response.body()) {
            if (response.statusCode() != 200) {
                throw refusal(response);
            }
            return listing(text(body));
        }
    }

    private String text(BodyChunks body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Duration longest = client.settings().data().multipliedBy(LONGEST_LISTING);
        long end = System.nanoTime() + longest.toNanos();
        for (Optional<List<ByteBuffer>> piece = body.next(client.settings().data());
                piece.isPresent();
                piece = body.next(client.settings().data())) {
            for (ByteBuffer part : piece.get()) {
                byte[] more = new byte[part.remaining()];
                part.get(more);
                bytes.writeBytes(more);
            }
            if (bytes.size() > MOST_LISTING_BYTES) {
                throw new ClapException(client.settings().host() + " lists more than " + (MOST_LISTING_BYTES >> 20)
                        + " MiB of file names for " + repository);
            }
            if (System.nanoTime() > end) {
                throw new HttpTimeoutException(
                        "the list of files is still incomplete after " + longest.toMillis() / 1000.0 + " seconds");
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private Listing listing(String text) {
        try {
            JsonNode answer = JsonText.parse(text);
            String commit = answer.path("sha").asText();
            if (Repository.isCommit(commit) && answer.path("siblings").isArray()) {
                Set<String> names = new TreeSet<>();
                for (JsonNode sibling : answer.path("siblings")) {
                    String name = sibling.path("rfilename").asText();
                    if (name.matches(NAME)) {
                        names.add(name);
                    }
                }
                if (Repository.isCommit(repository.revision()) && !commit.equals(repository.revision())) {
                    throw new ClapException(client.settings().host() + " answers with the commit " + commit
                            + " when asked for " + repository + "; check HF_ENDPOINT");
                }
                return new Listing(commit, names);
            }
        } catch (JsonProcessingException e) {
            // Reported below, like any other invalid answer.
        }
        throw new ClapException(client.settings().host() + " does not answer as a model hub does; check HF_ENDPOINT");
    }

    /**
     * Asks for the etag and size of a file.
     *
     * @throws IOException if there is no answer
     * @throws ClapException if there is no such file, or access is denied
     */
    RemoteFile describe(String commit, String name, Progress progress) throws IOException {
        HttpResponse<Void> response = client.send(
                new HubClient.Request("HEAD", path(commit, name), Map.of(), HubClient.Follow.WITHIN_HUB),
                BodyHandlers.discarding(),
                progress);
        if (response.statusCode() >= 400) {
            throw refusal(response);
        }
        boolean elsewhere = response.statusCode() >= 300;
        String etag = header(response, "X-Linked-Etag")
                .or(() -> header(response, "ETag"))
                .map(RemoteRepository::plain)
                .orElse("");
        String found = header(response, "X-Repo-Commit").orElse("");
        if (!found.equals(commit) || !etag.matches(ETAG)) {
            throw new ClapException(client.settings().host() + " does not answer as a model hub does: it gives no "
                    + (etag.matches(ETAG) ? "X-Repo-Commit" : "ETag") + " for " + name
                    + "; check HF_ENDPOINT, or a proxy between");
        }
        long size = header(response, "X-Linked-Size")
                .or(() -> elsewhere ? Optional.empty() : header(response, "Content-Length"))
                .filter(text -> text.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElse(-1L);
        RemoteFile file = new RemoteFile(name, etag, size);
        if (file.isTooLarge()) {
            throw new ClapException(client.settings().host() + " says that " + name + " of " + repository + " has "
                    + size + " bytes; more than " + file.limit() + " are too many for such a file");
        }
        return file;
    }

    private static Optional<String> header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name);
    }

    /** Returns an etag without quotation marks, and without the sign of a weak one. */
    private static String plain(String etag) {
        return etag.replaceFirst("^W/", "").replaceAll("^\"|\"$", "");
    }

    /**
     * Asks for a file, or the rest of it.
     *
     * @param from the first byte wanted
     * @throws IOException if there is no answer
     */
    HttpResponse<BodyChunks> get(String commit, String name, long from, Progress progress) throws IOException {
        Map<String, String> headers = new HashMap<>();
        if (from > 0) {
            headers.put("Range", "bytes=" + from + "-");
        }
        return client.send(
                new HubClient.Request("GET", path(commit, name), headers, HubClient.Follow.EVERYWHERE),
                head -> new BodyChunks(),
                progress);
    }

    private String path(String commit, String name) {
        return "/" + repository.id() + "/resolve/" + commit + "/"
                + escaped(name).replace("%2F", "/");
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Returns the meaning of a refusal and a remedy. */
    ClapException refusal(HttpResponse<?> response) {
        return Refusal.of(response, repository, client.settings());
    }
}

package dev.clap4j.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.StoppedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Downloads from a hub on loopback that fails in every way a hub and a network do. */
class DownloadTests {
    private static final String MODEL = "owner/clip";
    private static final String TOKEN = "hf_abcdefghijklmnopqrstuvwxyz";
    private static final byte[] WEIGHTS = new byte[3_000_000];

    static {
        new Random(1).nextBytes(WEIGHTS);
    }

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private Duration patience = Duration.ofSeconds(10);
    private HubServer server;

    @BeforeEach
    void start() throws IOException {
        server = new HubServer()
                .with(MODEL, "config.json", "{}")
                .with(MODEL, "tokenizer.json", "{}\n")
                .with(MODEL, "README.md", "# CLIP")
                .with(MODEL, "model.safetensors", WEIGHTS)
                .with(MODEL, "pytorch_model.bin", new byte[10]);
        environment.put("HF_ENDPOINT", server.endpoint());
        environment.put("HF_HUB_CACHE", folder.resolve("cache").toString());
        environment.put("HF_TOKEN", TOKEN);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private NamedModels models() {
        HubSettings settings = HubSettings.of(environment, folder);
        HubSettings quick = new HubSettings(
                settings.endpoint(),
                settings.cache(),
                settings.offline(),
                settings.links(),
                settings.token(),
                settings.answer(),
                patience,
                Duration.ofMillis(10));
        return new NamedModels(quick, folder.resolve("own"));
    }

    private Path find(String name) {
        return models().find(name, Progress.NONE);
    }

    private void findsTheModel() throws IOException {
        assertThat(find(MODEL).resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
        try (Stream<Path> left = Files.walk(folder.resolve("cache"))) {
            assertThat(left.map(Path::toString)).noneMatch(name -> name.endsWith(".incomplete"));
        }
    }

    private String refusal() {
        return refusal(MODEL);
    }

    private String refusal(String name) {
        ClapException refusal = catchThrowableOfType(ClapException.class, () -> find(name));
        assertThat(refusal).isNotNull();
        assertThat(refusal.getMessage()).doesNotContain(TOKEN);
        return refusal.getMessage();
    }

    @Test
    void whatIsCachedIsFoundWithoutTheHub() {
        assertThat(models().cached(MODEL)).isEmpty();
        assertThat(server.requests).isEmpty();
        Path found = find(MODEL);
        int requests = server.requests.size();
        assertThat(models().cached(MODEL)).contains(found);
        assertThat(server.requests).hasSize(requests);
    }

    @Test
    void onlyFilesThatAreNeeded() throws IOException {
        findsTheModel();
        assertThat(server.deliveries("README.md")).isEmpty();
        assertThat(server.deliveries("pytorch_model.bin")).isEmpty();
        assertThat(find(MODEL).toFile().list())
                .containsExactlyInAnyOrder("config.json", "tokenizer.json", "model.safetensors");
    }

    @Test
    void theTokenGoesToTheHubAlone() {
        find(MODEL);
        theTokenStaysHere();
        assertThat(server.deliveries("model.safetensors")).hasSize(1);
    }

    @Test
    void whatIsInTheCacheNeedsNoRequest() {
        find(MODEL);
        int requests = server.requests.size();
        assertThat(find(MODEL)).isEqualTo(find(MODEL + "@" + HubServer.COMMIT));
        assertThat(server.requests).hasSize(requests);
        models().pull(MODEL, Progress.NONE);
        assertThat(server.requests).hasSize(requests + 1);
    }

    @Test
    void aCutIsResumed() throws IOException {
        server.cutNext("model.safetensors", 1_000_000);
        findsTheModel();
        assertThat(server.deliveries("model.safetensors"))
                .extracting(HubServer.Request::range)
                .containsExactly(null, "bytes=1000000-");
    }

    @Test
    void aLaterCommandResumes() throws IOException {
        Progress stopped = Progress.NONE.stopWhen(() -> received() > 1_000_000);
        assertThatThrownBy(() -> models().find(MODEL, stopped)).isInstanceOf(StoppedException.class);
        long kept = received();
        assertThat(kept).isBetween(1L, WEIGHTS.length - 1L);
        List<String> told = new ArrayList<>();
        models().find(MODEL, new Progress() {
            @Override
            public void begin(String part, long steps, long done) {
                told.add(part + " " + done + "/" + steps);
            }

            @Override
            public void milestone(String text) {
                told.add(text.replaceAll(" from .*: ", ": ").replaceAll("into .*", "into …"));
            }
        });
        assertThat(server.deliveries("model.safetensors").get(1).range()).isEqualTo("bytes=" + kept + "-");
        assertThat(told)
                .containsExactly(
                        "downloading owner/clip: 3.0 MB, of which " + Megabytes.shown(kept)
                                + " are here already, into …",
                        "owner/clip, MB " + kept / 1_000_000 + "/3");
        findsTheModel();
    }

    private long received() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".incomplete"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }

    @Test
    void aServerWithoutRangesStartsAgain() throws IOException {
        Path blobs = Files.createDirectories(folder.resolve("cache/models--owner--clip/blobs"));
        String etag = HubServer.etag("model.safetensors", WEIGHTS);
        Files.write(blobs.resolve(etag + ".clap4j.incomplete"), new byte[WEIGHTS.length + 1]);
        findsTheModel();
    }

    @Test
    void aWrongHash() throws IOException {
        byte[] other = WEIGHTS.clone();
        other[77]++;
        server.replace("model.safetensors", other);
        assertThat(refusal())
                .startsWith("The download of model.safetensors of owner/clip is damaged: its hash is ")
                .contains(" instead of " + HubServer.etag("model.safetensors", WEIGHTS) + "; nothing of it is kept");
        assertThat(received()).isZero();
        assertThat(folder.resolve("cache/models--owner--clip/refs")).doesNotExist();
        server.replace("model.safetensors", WEIGHTS);
        findsTheModel();
    }

    @Test
    void moreThanAnnounced() throws IOException {
        server.replace("model.safetensors", Arrays.copyOf(WEIGHTS, WEIGHTS.length + 1));
        assertThat(refusal()).contains("is damaged: more than its 3000000 bytes arrived");
        server.replace("model.safetensors", WEIGHTS);
        findsTheModel();
    }

    @Test
    void lessThanAnnounced() throws IOException {
        server.replace("model.safetensors", Arrays.copyOf(WEIGHTS, WEIGHTS.length - 1));
        assertThat(refusal()).contains("is damaged: it ends after 2999999 of its 3000000 bytes");
        server.replace("model.safetensors", WEIGHTS);
        findsTheModel();
    }

    @Test
    void damagedRestsAreNotKept() throws IOException {
        Path blobs = Files.createDirectories(folder.resolve("cache/models--owner--clip/blobs"));
        Files.write(blobs.resolve(HubServer.etag("model.safetensors", WEIGHTS) + ".clap4j.incomplete"), new byte[1000]);
        assertThat(refusal()).contains("is damaged");
        findsTheModel();
    }

    @Test
    void manyFailuresEndTheDownload() throws IOException {
        for (int i = 0; i < 6; i++) {
            server.failNext("/model.safetensors", 503, Map.of());
        }
        assertThat(refusal()).contains("answers with status 503 for owner/clip; try again later");
        findsTheModel();
    }

    @Test
    void tooManyRequestsAreRetriedWhenTheServerSays() throws IOException {
        server.failNext("/api/models", 429, Map.of("Retry-After", "1"));
        server.failNext("/model.safetensors", 429, Map.of("Retry-After", "0"));
        List<String> notes = new ArrayList<>();
        long begin = System.nanoTime();
        models().find(MODEL, new Progress() {
            @Override
            public void note(String text) {
                notes.add(text);
            }
        });
        assertThat(System.nanoTime() - begin).isGreaterThan(1_000_000_000);
        assertThat(notes)
                .containsExactly(
                        "waiting 1 s for 127.0.0.1:" + server.endpoint().replaceAll(".*:", ""));
        findsTheModel();
    }

    @Test
    void aLongPauseIsTold() {
        server.failNext("/api/models", 429, Map.of("Retry-After", "3600"));
        assertThat(refusal()).endsWith(" wants no more requests for 60 minutes; try again then");
        String inTwoHours = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusHours(2).plusSeconds(30));
        server.failNext("/api/models", 429, Map.of("Retry-After", inTwoHours));
        assertThat(refusal()).contains(" wants no more requests for 121 minutes; ");
        environment.remove("HF_TOKEN");
        server.failNext("/api/models", 429, Map.of("Retry-After", "3600"));
        assertThat(refusal()).endsWith(" 60 minutes; try again then, or sooner with a token in HF_TOKEN");
    }

    @ParameterizedTest
    @CsvSource({"401", "403"})
    void gatedModels(int status) {
        server.failNext("/config.json", status, Map.of("X-Error-Code", "GatedRepo"));
        assertThat(refusal())
                .isEqualTo(
                        "owner/clip is gated: accept its conditions at " + server.endpoint()
                                + "/owner/clip with the account of your token (HF_TOKEN, or the file that hf auth login wrote)");
        environment.remove("HF_TOKEN");
        server.failNext("/config.json", status, Map.of("X-Error-Code", "GatedRepo"));
        assertThat(refusal())
                .isEqualTo("owner/clip is gated: accept its conditions at " + server.endpoint()
                        + "/owner/clip, then put a token from " + server.endpoint()
                        + "/settings/tokens into the variable HF_TOKEN");
    }

    @Test
    void forbiddenModels() {
        server.failNext("/api/models", 403, Map.of());
        assertThat(refusal()).contains(" does not let the owner of your token read owner/clip; ask for access at ");
    }

    @Test
    void renamedModels() {
        server.failNext("/api/models/owner/old", 307, Map.of("Location", "/api/models/owner/clip/revision/main"));
        for (String name : List.of("config.json", "tokenizer.json", "model.safetensors")) {
            String place = "/resolve/" + HubServer.COMMIT + "/" + name;
            for (int i = 0; i < 2; i++) {
                server.failNext("/owner/old" + place, 307, Map.of("Location", "/owner/clip" + place));
            }
        }
        assertThat(find("owner/old").resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
        assertThat(folder.resolve("cache/models--owner--old")).isDirectory();
        theTokenStaysHere();
    }

    private void theTokenStaysHere() {
        assertThat(server.requests).isNotEmpty().allSatisfy(request -> assertThat(request.token())
                .isEqualTo(request.host().startsWith("localhost") ? null : "Bearer " + TOKEN));
    }

    @Test
    void hostileServers() {
        for (String etag : List.of("../../evil", "", "a/b", "..", "x y")) {
            server.failNext("/config.json", 200, Map.of("X-Repo-Commit", HubServer.COMMIT, "ETag", '"' + etag + '"'));
            assertThat(refusal()).contains(" does not answer as a model hub does: it gives no ETag for config.json; ");
        }
        server.failNext("/config.json", 200, Map.of("ETag", "\"abc\""));
        assertThat(refusal()).contains(" it gives no X-Repo-Commit for config.json; ");
        server.failNext("/api/models", 200, Map.of());
        assertThat(refusal()).contains(" does not answer as a model hub does; check HF_ENDPOINT");
        server.failNext("/api/models", 302, Map.of("Location", "file:///etc/passwd"));
        assertThat(refusal()).contains(" redirects to something that is no address of the web");
        for (int i = 0; i < 10; i++) {
            server.failNext("/api/models", 302, Map.of("Location", "/api/models"));
        }
        assertThat(refusal()).contains(" redirects more than 10 times");
        server.with(MODEL, "../../evil.json", new byte[1]);
        assertThat(find(MODEL).toFile().list()).hasSize(3);
    }

    @Test
    void aCommitIsTheOneAskedFor() {
        String other = "0123456789".repeat(4);
        assertThat(refusal(MODEL + "@" + other))
                .contains(" answers with the commit " + HubServer.COMMIT + " when asked for " + MODEL + "@" + other);
    }

    @Test
    void sizesBeyondReason() {
        Map<String, String> described = Map.of("X-Repo-Commit", HubServer.COMMIT, "ETag", "\"abc\"");
        Map<String, String> huge = new HashMap<>(described);
        huge.put("X-Linked-Size", "999999999999999999");
        server.failNext("/config.json", 200, huge);
        assertThat(refusal())
                .contains(
                        " says that config.json of owner/clip has 999999999999999999 bytes; more than 67108864 are too"
                                + " many for such a file");
        server.failNext("/model.safetensors", 200, huge);
        assertThat(refusal()).contains(" says that model.safetensors of owner/clip has 999999999999999999 bytes; ");
    }

    /** SigLIP's tokenizer is read from this file even if there is a {@code tokenizer.json}. */
    @Test
    void theSentencePieceModelOfSiglipIsNeeded() {
        server.with(MODEL, "spiece.model", "pieces").with(MODEL, "tokenizer.model", "others");
        assertThat(find(MODEL).toFile().list()).contains("spiece.model").doesNotContain("tokenizer.model");
    }

    @Test
    void aDamagedIndexStopsNeitherListNorRemove() throws IOException {
        server.with(
                        "owner/shards",
                        "model.safetensors.index.json",
                        "{\"weight_map\": {\"a\": \"model-1.safetensors\"}}")
                .with("owner/shards", "model-1.safetensors", WEIGHTS);
        Path index =
                find("owner/shards").resolve("model.safetensors.index.json").toRealPath();
        Files.writeString(index, "{");
        find(MODEL);
        DownloadedModels downloaded = new DownloadedModels(HubSettings.of(environment, folder));
        assertThat(downloaded.list())
                .extracting(DownloadedModel::name, DownloadedModel::complete)
                .containsExactly(tuple(MODEL, true), tuple("owner/shards", false));
        assertThat(downloaded.verify("owner/shards", Progress.NONE)).anyMatch(CheckedFile::isBad);
        assertThat(downloaded.remove("owner/shards").name()).isEqualTo("owner/shards");
    }

    @Test
    void unknownModels() {
        assertThat(refusal("laion/CLIP-ViT-B-16-laion2B-s34B-b88"))
                .startsWith(
                        "There is neither a folder laion/CLIP-ViT-B-16-laion2B-s34B-b88 here nor a model of that name on 127.0.0.1:")
                .contains(
                        " (did you mean laion/CLIP-ViT-B-16-laion2B-s34B-b88K?), or your token may not read it, or is not valid");
        assertThat(refusal("owner/clip@nosuch")).startsWith("owner/clip has no revision nosuch on 127.0.0.1:");
        assertThat(refusal("owner/clip@a..b"))
                .isEqualTo("\"a..b\" is no revision; name a branch, a tag or a commit, as in owner/clip@main");
        server.with("owner/text", "config.json", "{}");
        assertThat(refusal("owner/text"))
                .startsWith("owner/text has no weights that could be loaded: expected model.safetensors, ")
                .endsWith("; it has config.json");
        server.with("owner/two", "a.pt", new byte[1]).with("owner/two", "b.pt", new byte[2]);
        assertThat(refusal("owner/two"))
                .startsWith("owner/two has several files that could be the weights: a.pt, b.pt; ");
    }

    /** A model of another kind is refused by its configuration, before its weights are downloaded. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            config.json | {"model_type": "dinov2"} | describes a model of type "dinov2"; supported are clip, metaclip_2, siglip, chinese_clip, altclip
            config.json | {"model_type": "clip", "vision_config": {"gates": 3}} | : vision_config.gates is 3, but this key is unknown, so the model could differ from the one that would be read; remove the key if it changes nothing
            config.json | {"model_type": "siglip2"} | describes a SigLIP 2 model of variable resolution (NaFlex), which is not supported; its siblings of a fixed resolution, such as google/siglip2-base-patch16-224, are
            config.json | {"model_type": "siglip", "text_config": {"vocab_size": 1000000}} | describes a model whose tensor token_embedding.weight of the shape [1000000, 768] takes 2.9 GiB; at most 2 GiB can be read
            open_clip_config.json | {"model_cfg": {"embed_dim": 8, "vision_cfg": {"timm_model_name": "swin_base"}, "text_cfg": {}}} | expected a model of a supported family
            """)
    void unknownArchitectures(String config, String content, String reason) {
        server.with("owner/other", config, content).with("owner/other", "model.safetensors", WEIGHTS);
        assertThatThrownBy(() -> find("owner/other"))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith("owner/other cannot be loaded, so its weights are not downloaded: " + folder)
                .hasMessageContaining(reason);
        assertThat(server.deliveries(config)).hasSize(1);
        assertThat(server.deliveries("model.safetensors")).isEmpty();
    }

    /** A repository may have configurations for other programs, too. */
    @Test
    void oneConfigurationIsEnough() throws IOException {
        server.with("owner/timm", "config.json", "{\"architecture\": \"vit_base_patch16_clip_224\"}")
                .with("owner/timm", "model.safetensors", WEIGHTS)
                .with("owner/both", "config.json", "{\"model_type\": \"dinov2\"}")
                .with("owner/both", "open_clip_config.json", "{\"model_cfg\": {\"embed_dim\": 8}}")
                .with("owner/both", "open_clip_model.safetensors", WEIGHTS);
        assertThat(find("owner/timm").resolve("model.safetensors")).exists();
        assertThat(find("owner/both").resolve("open_clip_model.safetensors")).exists();
    }

    @Test
    void shards() throws IOException {
        server.with("owner/large", "config.json", "{}")
                .with(
                        "owner/large",
                        "model.safetensors.index.json",
                        "{\"weight_map\": {\"a\": \"model-1.safetensors\", \"b\": \"model-2.safetensors\"}}")
                .with("owner/large", "model-1.safetensors", new byte[100])
                .with("owner/large", "model-2.safetensors", new byte[200])
                .with("owner/large", "model-3.safetensors", new byte[300]);
        assertThat(find("owner/large").toFile().list())
                .containsExactlyInAnyOrder(
                        "config.json", "model.safetensors.index.json", "model-1.safetensors", "model-2.safetensors");
        server.with("owner/outside", "model.safetensors.index.json", "{\"weight_map\": {\"a\": \"../x.safetensors\"}}");
        assertThat(refusal("owner/outside"))
                .endsWith("names the file \"../x.safetensors\", which is none of its folder");
        server.with("owner/part", "model.safetensors.index.json", "{\"weight_map\": {\"a\": \"model-9.safetensors\"}}");
        assertThat(refusal("owner/part"))
                .isEqualTo(
                        "owner/part lacks parts of its weights that model.safetensors.index.json names: model-9.safetensors");
    }

    @Test
    void offline() {
        environment.put("HF_HUB_OFFLINE", "1");
        assertThat(refusal())
                .isEqualTo("owner/clip is neither a folder here nor in the cache, and HF_HUB_OFFLINE forbids downloads;"
                        + " download it on a machine with a connection, and copy the folder models--owner--clip from its"
                        + " cache to " + folder.resolve("cache/models--owner--clip"));
        assertThat(refusal("ViTamin-S:datacomp1b"))
                .startsWith("ViTamin-S:datacomp1b is neither ")
                .contains(" folder models--jienengchen--ViTamin-S from ");
        environment.remove("HF_HUB_OFFLINE");
        Path snapshot = find(MODEL);
        environment.put("HF_HUB_OFFLINE", "1");
        assertThat(find(MODEL)).isEqualTo(snapshot);
    }

    @Test
    void anUnreachableHub() {
        server.close();
        assertThat(refusal())
                .matches(
                        "owner/clip is neither a folder here nor in the cache, and 127\\.0\\.0\\.1:\\d+ cannot be reached;"
                                + " download it on a machine with a connection, and copy the folder models--owner--clip .*");
    }

    @Test
    void whatPythonDownloadedIsCompleted() throws IOException {
        Path snapshot = find(MODEL);
        Files.delete(snapshot.resolve("tokenizer.json"));
        assertThat(find(MODEL).resolve("tokenizer.json")).exists();
        Files.delete(snapshot.resolve("tokenizer.json"));
        server.close();
        assertThat(find(MODEL)).as("as it is, without a connection").isEqualTo(snapshot);
    }

    @Test
    void twoThreadsDownloadOnce() throws Exception {
        server.slow(1);
        List<CompletableFuture<Path>> both = List.of(
                CompletableFuture.supplyAsync(() -> find(MODEL)), CompletableFuture.supplyAsync(() -> find(MODEL)));
        assertThat(both.get(0).get()).isEqualTo(both.get(1).get());
        assertThat(server.deliveries("model.safetensors")).hasSize(1);
        findsTheModel();
    }

    @Test
    void silenceEndsTheDownload() {
        patience = Duration.ofMillis(100);
        server.slow(1000);
        assertThat(refusal())
                .matches(
                        "The download of owner/clip from .* failed: nothing arrived for 0.1 seconds; trying again resumes it");
    }

    /** Each piece of a list arrives in time, but the list has no end. */
    @Test
    void aListThatTakesForEverEndsTheDownload() {
        for (int i = 0; i < 8000; i++) {
            server.with(MODEL, "a".repeat(180) + i, new byte[0]);
        }
        patience = Duration.ofSeconds(2);
        server.slow(100);
        assertThat(refusal()).contains(" failed: the list of files is still incomplete after 6.0 seconds; ");
    }

    /** A mirror may not say how large a file is; weights without an end do not fill the disk. */
    @Test
    void sizesThatAreNotGiven() throws IOException {
        server.hideSize("model.safetensors");
        findsTheModel();
        server.with("owner/endless", "config.json", "{}")
                .with("owner/endless", "model.safetensors", new byte[65 << 20]);
        assertThat(refusal("owner/endless"))
                .contains(
                        "more than 64 MiB arrived, though the server does not say how large it is; nothing of it is kept");
        try (Stream<Path> left = Files.walk(folder.resolve("cache"))) {
            assertThat(left.map(Path::toString)).noneMatch(name -> name.endsWith(".incomplete"));
        }
    }

    @Test
    void invalidSettings() {
        for (String wrong : List.of(
                "huggingface.co",
                "ftp://x",
                "https://user:secret@host",
                "https://host?q=1",
                "https://host#x",
                "http://host:99999")) {
            assertThatExceptionOfType(ClapException.class)
                    .isThrownBy(() -> HubSettings.of(Map.of("HF_ENDPOINT", wrong), folder))
                    .withMessage(
                            "HF_ENDPOINT should be a plain address such as https://huggingface.co, without a user, a password or a query");
        }
        assertThatExceptionOfType(ClapException.class)
                .isThrownBy(() -> HubSettings.of(Map.of("HF_HUB_ETAG_TIMEOUT", "soon"), folder))
                .withMessage("HF_HUB_ETAG_TIMEOUT should be a number of seconds such as 10, but is \"soon\"");
        assertThatExceptionOfType(ClapException.class)
                .isThrownBy(() -> HubSettings.of(Map.of("HF_HUB_CACHE", "a\0b"), folder))
                .withMessageStartingWith("HF_HUB_CACHE should be a folder or file, but \"a")
                .withMessageEndingWith(" cannot be one");
        assertThatExceptionOfType(ClapException.class)
                .isThrownBy(() -> HubSettings.of(Map.of("HF_TOKEN", "a b"), folder))
                .withMessage(
                        "The access token for the hub should be letters and digits such as hf_…, but has a character that no token has; copy it again");
    }

    @Test
    void settings() throws IOException {
        assertThat(HubSettings.of(Map.of(), folder).cache()).isEqualTo(folder.resolve(".cache/huggingface/hub"));
        assertThat(HubSettings.of(Map.of("XDG_CACHE_HOME", "/x"), folder).cache())
                .isEqualTo(Path.of("/x/huggingface/hub"));
        assertThat(HubSettings.of(Map.of("XDG_CACHE_HOME", "/x", "HF_HOME", "/h"), folder)
                        .cache())
                .isEqualTo(Path.of("/h/hub"));
        assertThat(HubSettings.of(Map.of("HF_HOME", "/h", "HF_HUB_CACHE", "~/c"), folder)
                        .cache())
                .isEqualTo(folder.resolve("c"));
        assertThat(HubSettings.of(Map.of("HF_HUB_CACHE", "$BIG/${NAME}", "BIG", "/b", "NAME", "n"), folder)
                        .cache())
                .isEqualTo(Path.of("/b/n"));
        assertThat(HubSettings.of(Map.of("HF_ENDPOINT", "https://mirror.example/"), folder)
                        .endpoint())
                .hasToString("https://mirror.example");
        Files.writeString(Files.createDirectories(folder.resolve("hf")).resolve("token"), "hf_file\n");
        assertThat(HubSettings.of(Map.of("HF_HOME", folder.resolve("hf").toString()), folder)
                        .token()
                        .orElseThrow()
                        .authorization())
                .isEqualTo("Bearer hf_file");
        assertThat(HubSettings.of(Map.of("HF_TOKEN", TOKEN), folder)).asString().doesNotContain(TOKEN);
    }
}

package dev.clap4j.internal.hub;

import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import dev.clap4j.Progress;
import dev.clap4j.internal.checkpoint.Configurations;
import dev.clap4j.internal.io.CacheFolder;
import dev.clap4j.internal.source.ModelSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The models of the hub by their names: {@code owner/name[@revision]} and open_clip's {@code ARCHITECTURE:TAG}. */
public final class NamedModels implements ModelSource {
    /** The repository of OpenAI's vocabulary, for weights whose own repository has no tokenizer. */
    private static final String VOCABULARY = "openai/clip-vit-base-patch32";

    private final HubSettings settings;
    private final Path folders;

    /** Creates the models of the current user. */
    public NamedModels() {
        this(HubSettings.ofUser(), CacheFolder.ofUser());
    }

    /**
     * Creates the models of another environment.
     *
     * @param environment environment variables, {@code HF_ENDPOINT} for instance
     * @param home the home folder, for what the environment does not say
     * @param pause the pause before the first retry
     */
    public static NamedModels of(Map<String, String> environment, Path home, Duration pause) {
        return new NamedModels(HubSettings.of(environment, home).withPause(pause), CacheFolder.of(environment, home));
    }

    NamedModels(HubSettings settings, Path cache) {
        this(cache.resolve("models"), settings);
    }

    private NamedModels(Path folders, HubSettings settings) {
        this.settings = settings;
        this.folders = folders;
    }

    /**
     * Returns a model's folder: that in the cache if it is there, whatever the hub has by now, else a download.
     *
     * @throws ClapException if there is no such model, or it is neither in the cache nor can be downloaded
     */
    @Override
    public Path find(String name, Progress progress) {
        return folder(name, progress, false);
    }

    @Override
    public Optional<Path> cached(String name) {
        try {
            return Optional.of(new NamedModels(folders, settings.withoutDownloads()).find(name, Progress.NONE));
        } catch (ClapException e) {
            if (e.problem().equals(Optional.of(Problem.NOT_DOWNLOADED))) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Brings a model up to date and returns its folder.
     *
     * @throws ClapException if there is no such model, or it cannot be downloaded
     */
    public Path pull(String name, Progress progress) {
        return folder(name, progress, true);
    }

    private Path folder(String name, Progress progress, boolean update) {
        Optional<Repository> repository = Repository.parse(name);
        if (repository.isPresent()) {
            return snapshot(name, repository.get(), "", true, progress, update).folder();
        }
        int colon = name.indexOf(':');
        if (colon > 0) {
            PublishedTag tag = Tags.published().find(name.substring(0, colon), name.substring(colon + 1));
            return tagged(tag, progress, update);
        }
        throw new ClapException("\"" + name + "\" is no model's name; write OWNER/NAME as on " + settings.host()
                + ", or ARCHITECTURE:TAG as in open_clip");
    }

    private Snapshot snapshot(
            String name, Repository repository, String weights, boolean configured, Progress progress, boolean update) {
        return snapshot(
                name,
                repository,
                snapshot -> snapshot.hasWeights(weights),
                pull -> pull.model(weights, configured),
                progress,
                update);
    }

    private Snapshot snapshot(
            String name,
            Repository repository,
            Predicate<Snapshot> usable,
            Consumer<Pull> download,
            Progress progress,
            boolean update) {
        RepositoryCache cache = RepositoryCache.of(settings, repository);
        Optional<Snapshot> here = Snapshot.of(cache, repository.revision()).filter(usable);
        if (!update && here.isPresent() && (settings.offline() || here.get().isSettled())) {
            return here.get();
        }
        if (settings.offline()) {
            throw Offline.switchedOff(name, repository, settings);
        }
        try {
            download.accept(new Pull(new HubClient(settings), name, repository, progress));
        } catch (ClapException e) {
            if (here.isPresent() && !update && e.getCause() instanceof HubUnreachable) {
                return here.get();
            }
            throw e;
        }
        return Snapshot.of(cache, repository.revision()).orElseThrow();
    }

    private Path tagged(PublishedTag tag, Progress progress, boolean update) {
        requireUnderstood(tag);
        Snapshot model =
                snapshot(tag.toString(), Repository.main(tag.repository()), tag.weights(), false, progress, update);
        String main = NeededFiles.weights(model.names(), tag.weights()).orElseThrow();
        List<String> weights = new ArrayList<>(List.of(main));
        if (NeededFiles.isIndex(main)) {
            weights.addAll(NeededFiles.shards(model.folder().resolve(main)));
        }
        List<Path> tokenizer = hasTokenizer(model)
                ? files(model, NeededFiles.TOKENIZERS)
                : files(tokenizer(tag, progress, update), NeededFiles.OF_TOKENIZERS);
        return TaggedFolder.of(
                folders, tag, weights.stream().map(model.folder()::resolve).toList(), tokenizer);
    }

    private static void requireUnderstood(PublishedTag tag) {
        try {
            Configurations.requireUnderstood(Tags.published().configuration(tag));
        } catch (ClapException e) {
            throw new ClapException(tag + " cannot be loaded, so it is not downloaded: " + e.getMessage(), e);
        }
    }

    private static boolean hasTokenizer(Snapshot snapshot) {
        return !files(snapshot, NeededFiles.TOKENIZERS).isEmpty();
    }

    private static List<Path> files(Snapshot snapshot, List<String> names) {
        return snapshot.names().stream()
                .filter(names::contains)
                .map(snapshot.folder()::resolve)
                .toList();
    }

    /** Takes the tokenizer from the repository that the architecture names, or OpenAI's. */
    private Snapshot tokenizer(PublishedTag tag, Progress progress, boolean update) {
        String id = Tags.published()
                .configuration(tag)
                .at("/model_cfg/text_cfg/hf_tokenizer_name")
                .asText(VOCABULARY);
        return snapshot(
                tag.toString(), Repository.main(id), NamedModels::hasTokenizer, Pull::tokenizer, progress, update);
    }
}

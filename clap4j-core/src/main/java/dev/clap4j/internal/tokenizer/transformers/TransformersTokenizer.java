package dev.clap4j.internal.tokenizer.transformers;

import dev.clap4j.ClapException;
import dev.clap4j.internal.tokenizer.pipeline.AddedToken;
import dev.clap4j.internal.tokenizer.pipeline.AddedTokenFiles;
import dev.clap4j.internal.tokenizer.pipeline.TokenizerJson;
import dev.clap4j.internal.tokenizer.pipeline.TokenizerSteps;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** A tokenizer as Transformers' {@code AutoTokenizer} loads it from the files of a folder. */
public final class TransformersTokenizer {
    private static final String JSON = "tokenizer.json";

    private final TokenizerFolder folder;
    private final Path source;
    private final TokenizerSteps steps;
    private final OptionalInt padId;

    private TransformersTokenizer(TokenizerFolder folder, Path source, TokenizerSteps steps, OptionalInt padId) {
        this.folder = folder;
        this.source = source;
        this.steps = steps;
        this.padId = padId;
    }

    /**
     * Loads the tokenizer in a folder.
     *
     * @return empty if there is none
     * @throws ClapException if it is damaged, incomplete or of a kind that is not supported
     */
    public static Optional<TransformersTokenizer> find(Path path, TransformersOptions options) {
        TokenizerConfig config = TokenizerConfig.read(path);
        boolean hasJson = Files.exists(path.resolve(JSON));
        Optional<TokenizerClass> kind = TokenizerClass.of(config, options)
                .or(() -> hasJson ? Optional.of(TokenizerClass.UNNAMED) : TokenizerClass.ofFiles(path));
        return kind.flatMap(known -> {
            TokenizerFolder folder = new TokenizerFolder(path, config, known, options);
            boolean useJson =
                    hasJson && !(known.preferred() && folder.has(known.source().files()));
            if (useJson) {
                return Optional.of(ofJson(folder));
            }
            return known.source().files().stream().anyMatch(file -> Files.exists(folder.file(file)))
                    ? Optional.of(ofSource(folder))
                    : Optional.empty();
        });
    }

    /** Loads a {@code tokenizer.json} as it is, whatever class the files beside it name. */
    public static TransformersTokenizer readJson(Path file) {
        Path path = parent(file);
        return ofJson(new TokenizerFolder(
                path, TokenizerConfig.read(path), TokenizerClass.UNNAMED, TransformersOptions.NONE));
    }

    /**
     * Loads a tokenizer from files other than {@code tokenizer.json}.
     *
     * @param file one of the files; others are beside it
     * @param options settings that name the class
     */
    public static TransformersTokenizer readSource(Path file, TransformersOptions options) {
        Path path = parent(file);
        TokenizerConfig config = TokenizerConfig.read(path);
        return ofSource(new TokenizerFolder(path, config, TokenizerClass.named(options.className()), options));
    }

    /** Loads a SentencePiece model as SigLIP's authors do. */
    public static TransformersTokenizer readSentencePiece(Path file) {
        Path path = parent(file);
        TokenizerFolder folder =
                new TokenizerFolder(path, TokenizerConfig.read(path), TokenizerClass.UNNAMED, TransformersOptions.NONE);
        return new TransformersTokenizer(folder, file, OriginalSteps.bigVision(file), OptionalInt.empty());
    }

    private static Path parent(Path file) {
        return Optional.ofNullable(file.getParent()).orElse(Path.of(""));
    }

    private static TransformersTokenizer ofSource(TokenizerFolder folder) {
        TokenizerClass.Source source = folder.kind().source();
        Path file = folder.file(source.files().get(0));
        return new TransformersTokenizer(folder, file, source.build().of(folder), OptionalInt.empty());
    }

    private static TransformersTokenizer ofJson(TokenizerFolder folder) {
        Path file = folder.file(JSON);
        TokenizerJson json = TokenizerJson.read(file);
        Set<String> own = json.added().stream().map(AddedToken::content).collect(Collectors.toSet());
        List<AddedToken> more = AddedTokenFiles.read(folder.path(), json.steps().ids(), ClipEnds.ALL).stream()
                .filter(token -> !own.contains(token.content()))
                .toList();
        TokenizerSteps steps = json.steps().withAdded(more);
        if (steps.ends().isNone() && folder.kind().isClip()) {
            steps = steps.withImplied(ClipEnds.of(file, steps.ids()));
        }
        return new TransformersTokenizer(
                folder, file, folder.kind().adjustment().apply(steps, folder), json.padId());
    }

    /** Returns the file with the vocabulary. */
    public Path source() {
        return source;
    }

    /** Returns the steps from a text to ids. */
    public TokenizerSteps steps() {
        return steps;
    }

    /**
     * Returns the id of the special token with a role.
     *
     * @param role such as {@code sep_token}
     * @throws ClapException if there is none
     */
    public int id(String role) {
        return folder.id(role, steps.ids());
    }

    /** Returns the id of the padding token, if there is one. */
    public OptionalInt padId() {
        Optional<Integer> named = folder.role("pad_token").map(steps.ids()::get);
        return named.isPresent() ? OptionalInt.of(named.get()) : padId;
    }
}

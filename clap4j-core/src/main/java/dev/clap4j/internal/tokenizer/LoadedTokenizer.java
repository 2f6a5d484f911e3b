package dev.clap4j.internal.tokenizer;

import dev.clap4j.internal.tokenizer.cleaning.Cleaning;
import dev.clap4j.internal.tokenizer.pipeline.BytePairs;
import dev.clap4j.internal.tokenizer.pipeline.Ends;
import dev.clap4j.internal.tokenizer.pipeline.Padding;
import dev.clap4j.internal.tokenizer.pipeline.Pipeline;
import dev.clap4j.internal.tokenizer.pipeline.TokenIds;
import dev.clap4j.internal.tokenizer.pipeline.TokenizerJson;
import dev.clap4j.internal.tokenizer.pipeline.TokenizerSteps;
import dev.clap4j.internal.tokenizer.transformers.ClipEnds;
import dev.clap4j.internal.tokenizer.transformers.TransformersOptions;
import dev.clap4j.internal.tokenizer.transformers.TransformersTokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The content of a tokenizer's files, interpreted as by a reference implementation.
 *
 * @param cleaning cleaning applied to a text first
 * @param pipeline from the cleaned text to ids
 * @param ends the tokens around a text
 * @param padding the padding
 * @param stripped the token that becomes 0, if any
 * @param vocabulary tokens by id; null for unused ids
 * @param description everything that determines the ids
 */
record LoadedTokenizer(
        Cleaning cleaning,
        Pipeline pipeline,
        Ends ends,
        Padding padding,
        OptionalInt stripped,
        String[] vocabulary,
        String description) {
    /** File names in the order in which they are looked for. */
    static final List<String> OPENAI_FILES = List.of("bpe_simple_vocab_16e6.txt.gz", "bpe_simple_vocab_16e6.txt");

    /** The padding of OpenAI and open_clip. */
    private static final int ZERO = 0;

    /** Finds a tokenizer in a folder. */
    static Optional<LoadedTokenizer> find(Path folder, TokenizerReference reference) {
        Optional<Path> openAi =
                OPENAI_FILES.stream().map(folder::resolve).filter(Files::exists).findFirst();
        if (reference.followsSteps()) {
            return TransformersTokenizer.find(folder, reference.transformers())
                    .map(tokenizer -> of(tokenizer, reference))
                    .or(() -> openAi.map(file -> read(file, reference)));
        }
        Path json = folder.resolve("tokenizer.json");
        if (Files.exists(json)) {
            return ofClip(json, reference).or(() -> TransformersTokenizer.find(folder, reference.transformers())
                    .map(tokenizer -> of(tokenizer, reference)));
        }
        boolean hasPair = Stream.of("vocab.json", "merges.txt").anyMatch(name -> Files.exists(folder.resolve(name)));
        return hasPair
                ? Optional.of(read(folder.resolve("vocab.json"), reference))
                : openAi.map(file -> read(file, reference));
    }

    /** Reads a file. */
    static LoadedTokenizer read(Path file, TokenizerReference reference) {
        String name = file.getFileName().toString();
        if (name.equals("vocab.json")) {
            return reference.followsSteps()
                    ? ofPair(file, reference)
                    : ofClip(ClipVocabulary.readPair(file), reference);
        }
        if (name.endsWith(".model")) {
            return of(TransformersTokenizer.readSentencePiece(file), reference);
        }
        if (!name.endsWith(".json")) {
            return ofClip(ClipVocabulary.readOpenAi(file), reference);
        }
        return ofClip(file, reference).orElseGet(() -> of(TransformersTokenizer.readJson(file), reference));
    }

    /** Reads a {@code tokenizer.json} that is CLIP's usual one, unless the reference follows its steps. */
    private static Optional<LoadedTokenizer> ofClip(Path file, TokenizerReference reference) {
        if (reference.followsSteps()) {
            return Optional.empty();
        }
        TokenizerJson json = TokenizerJson.read(file);
        return json.isClip(Set.of(ClipEnds.START, ClipEnds.END)) && json.model() instanceof BytePairs model
                ? Optional.of(ofClip(file, json.steps().ids(), model, reference))
                : Optional.empty();
    }

    private static LoadedTokenizer ofClip(ClipVocabulary vocabulary, TokenizerReference reference) {
        return ofClip(vocabulary.source(), vocabulary.ids(), vocabulary.model(), reference);
    }

    /** Creates a tokenizer with CLIP's own rules. */
    private static LoadedTokenizer ofClip(
            Path file, Map<String, Integer> ids, BytePairs model, TokenizerReference reference) {
        Ends ends = ClipEnds.of(file, ids);
        Map<String, Integer> special = new LinkedHashMap<>();
        special.put(reference.special().get(0), ends.before()[0]);
        special.put(reference.special().get(1), ends.after()[0]);
        String[] vocabulary = TokenIds.byId(file, ids);
        return new LoadedTokenizer(
                reference.cleaning(),
                Pipeline.ofClip(special, model),
                ends,
                new Padding(ZERO, 0, reference.layout().masksPads()),
                OptionalInt.empty(),
                vocabulary,
                describe(reference.cleaning() + " " + special, vocabulary, model.description()));
    }

    private static LoadedTokenizer ofPair(Path file, TokenizerReference reference) {
        TransformersOptions options = new TransformersOptions("CLIPTokenizer", false);
        return of(TransformersTokenizer.readSource(file, options), reference);
    }

    private static LoadedTokenizer of(TransformersTokenizer tokenizer, TokenizerReference reference) {
        TokenizerSteps steps = tokenizer.steps();
        TokenizerReference.Layout layout = reference.layout();
        String[] vocabulary = TokenIds.byId(tokenizer.source(), steps.ids());
        Ends ends = layout.clips()
                ? new Ends(
                        new int[] {tokenizer.id("bos_token")},
                        new int[] {tokenizer.id("eos_token"), tokenizer.id("cls_token")})
                : steps.ends();
        String plain = reference.stepsCleaning() + " " + steps.description();
        return new LoadedTokenizer(
                reference.stepsCleaning(),
                Pipeline.of(steps),
                ends,
                new Padding(tokenizer.padId().orElse(Padding.NONE), layout.clips() ? 1 : 0, layout.masksPads()),
                layout.stripSep() ? OptionalInt.of(tokenizer.id("sep_token")) : OptionalInt.empty(),
                vocabulary,
                describe(
                        layout.clips() || layout.stripSep() ? layout + " " + plain : plain,
                        vocabulary,
                        steps.model().description()));
    }

    private static String describe(String steps, String[] vocabulary, String model) {
        return "rules " + ClipTokenizer.RULES + "\n" + steps + "\n" + String.join("\n", vocabulary) + "\n" + model;
    }
}

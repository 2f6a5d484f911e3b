package dev.clap4j.internal.tokenizer;

import dev.clap4j.ClapException;
import dev.clap4j.internal.tokenizer.cleaning.Cleaning;
import dev.clap4j.internal.tokenizer.pipeline.AddedToken;
import dev.clap4j.internal.tokenizer.pipeline.AddedTokenFiles;
import dev.clap4j.internal.tokenizer.pipeline.BytePairs;
import dev.clap4j.internal.tokenizer.pipeline.Ends;
import dev.clap4j.internal.tokenizer.pipeline.Merge;
import dev.clap4j.internal.tokenizer.pipeline.Pipeline;
import dev.clap4j.internal.tokenizer.pipeline.TokenIds;
import dev.clap4j.internal.tokenizer.pipeline.TokenizerJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The content of a tokenizer's files, interpreted as by a reference implementation.
 *
 * @param cleaning cleaning applied to a text first
 * @param pipeline from the cleaned text to ids
 * @param ends the start and end tokens
 * @param vocabulary tokens by id; null for unused ids
 * @param description everything that determines the ids
 */
record LoadedTokenizer(Cleaning cleaning, Pipeline pipeline, Ends ends, String[] vocabulary, String description) {
    private static final List<String> ENDS = List.of(ClipVocabulary.START, ClipVocabulary.END);

    static LoadedTokenizer read(Path file, TokenizerReference reference) {
        String name = file.getFileName().toString();
        if (name.equals("vocab.json")) {
            ClipVocabulary pair = VocabularyFiles.readPair(file, file.resolveSibling("merges.txt"));
            return reference.followsSteps() ? ofPair(pair, reference) : ofClip(pair, reference);
        }
        if (!name.endsWith(".json")) {
            return ofClip(VocabularyFiles.readOpenAi(file), reference);
        }
        TokenizerJson json = TokenizerJson.read(file);
        return !reference.followsSteps() && json.isClip(Set.copyOf(ENDS))
                ? ofClip(file, json.ids(), json.model(), reference)
                : ofSteps(file, json, reference);
    }

    private static LoadedTokenizer ofClip(ClipVocabulary vocabulary, TokenizerReference reference) {
        return ofClip(vocabulary.source(), vocabulary.ids(), vocabulary.model(), reference);
    }

    /** Creates a tokenizer with CLIP's own rules. */
    private static LoadedTokenizer ofClip(
            Path file, Map<String, Integer> ids, BytePairs model, TokenizerReference reference) {
        ClipVocabulary.requireEnds(file, ids);
        int start = ids.get(ClipVocabulary.START);
        int end = ids.get(ClipVocabulary.END);
        Map<String, Integer> special = new LinkedHashMap<>();
        special.put(reference.special().get(0), start);
        special.put(reference.special().get(1), end);
        String[] vocabulary = TokenIds.byId(file, ids);
        return new LoadedTokenizer(
                reference.cleaning(),
                Pipeline.ofClip(special, model),
                Ends.of(start, end),
                vocabulary,
                describe(reference.cleaning() + " " + special, vocabulary, model.merges()));
    }

    /** Creates a tokenizer with the steps Transformers uses without a tokenizer.json. */
    private static LoadedTokenizer ofPair(ClipVocabulary pair, TokenizerReference reference) {
        List<AddedToken> added = new ArrayList<>(
                AddedTokenFiles.read(pair.source().toAbsolutePath().getParent(), pair.ids(), Set.copyOf(ENDS)));
        ENDS.stream()
                .filter(token ->
                        added.stream().noneMatch(other -> other.content().equals(token)))
                .forEach(token -> added.add(AddedToken.of(token, pair.ids().get(token), true)));
        BytePairs model = pair.model();
        String[] vocabulary = TokenIds.byId(pair.source(), TokenIds.with(pair.ids(), added));
        return new LoadedTokenizer(
                reference.stepsCleaning(),
                Pipeline.ofTransformers(added, model),
                Ends.of(pair.ids().get(ClipVocabulary.START), pair.ids().get(ClipVocabulary.END)),
                vocabulary,
                describe(reference.stepsCleaning() + " pair " + added, vocabulary, model.merges()));
    }

    private static LoadedTokenizer ofSteps(Path file, TokenizerJson json, TokenizerReference reference) {
        Set<String> own = json.added().stream().map(AddedToken::content).collect(Collectors.toSet());
        List<AddedToken> more =
                AddedTokenFiles.read(file.toAbsolutePath().getParent(), json.ids(), Set.copyOf(ENDS)).stream()
                        .filter(token -> !own.contains(token.content()))
                        .toList();
        Ends ends = json.ends().orElseGet(() -> {
            ClipVocabulary.requireEnds(file, json.ids());
            return Ends.of(json.ids().get(ClipVocabulary.START), json.ids().get(ClipVocabulary.END));
        });
        if (ends.before().length == 0 || ends.after().length == 0) {
            throw new ClapException("The tokenizer " + file + " puts no start token or no end token around a text"
                    + " (post_processor); CLIP's text encoder needs both");
        }
        String[] vocabulary = TokenIds.byId(file, TokenIds.with(json.ids(), more));
        return new LoadedTokenizer(
                reference.stepsCleaning(),
                json.pipeline(more),
                ends,
                vocabulary,
                describe(
                        reference.stepsCleaning() + " " + more + "\n" + json.description(),
                        vocabulary,
                        json.model().merges()));
    }

    private static String describe(String steps, String[] vocabulary, List<Merge> merges) {
        return "rules " + ClipTokenizer.RULES + "\n" + steps + "\n" + String.join("\n", vocabulary) + "\n"
                + merges.stream().map(Merge::toString).collect(Collectors.joining("\n"));
    }
}

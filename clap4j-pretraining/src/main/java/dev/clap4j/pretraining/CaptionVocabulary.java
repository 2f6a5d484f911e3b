package dev.clap4j.pretraining;

import dev.clap4j.ClapException;
import dev.clap4j.dataset.CaptionedImages;
import dev.clap4j.internal.checkpoint.OpenClipFolder;
import dev.clap4j.internal.tokenizer.BpeTrainer;
import dev.clap4j.internal.tokenizer.ClipTokenizer;
import dev.clap4j.internal.tokenizer.TokenizerReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The vocabulary of a run: a given file, or one learned from captions.
 *
 * @param given the file, if there is one
 * @param size the size of the vocabulary to learn
 * @param source the source of the captions
 * @param samples the number of samples in the whole run
 */
record CaptionVocabulary(Optional<Path> given, int size, CaptionedImages source, long samples) {
    /** The maximum number of captions to learn from, far more than a small vocabulary needs. */
    private static final int CAPTIONS = 50_000;

    static CaptionVocabulary of(Optional<Path> given, PretrainOptions options, CaptionedImages source) {
        long samples = (long) options.steps() * options.batchSize();
        return new CaptionVocabulary(given, options.vocabSize(), source, samples);
    }

    /** Returns the provenance of the vocabulary. */
    Map<String, String> describe() {
        Map<String, String> facts = new LinkedHashMap<>();
        if (given.isPresent()) {
            facts.put("file-fingerprint", OpenClipFolder.fingerprintOfTokenizer(given.get()));
        } else {
            facts.put("captions", String.valueOf(captions()));
        }
        facts.put("rules", ClipTokenizer.RULES);
        return facts;
    }

    /** Writes the tokenizer to the model's folder, unless it is already there, and opens it. */
    ClipTokenizer ready(OpenClipFolder model, int contextLength) {
        if (!isIn(model)) {
            given.ifPresentOrElse(model::copyTokenizer, () -> model.writeTokenizer(learn()));
        }
        ClipTokenizer tokenizer =
                ClipTokenizer.load(model.folder(), contextLength, TokenizerReference.openClip(Optional.empty(), false));
        if (tokenizer.endId() != tokenizer.vocabSize() - 1) {
            throw new ClapException(
                    "The end token of " + given.map(Path::toString).orElse("the vocabulary")
                            + " has the id " + tokenizer.endId() + ", but should have the highest, "
                            + (tokenizer.vocabSize() - 1));
        }
        return tokenizer;
    }

    private static boolean isIn(OpenClipFolder model) {
        return model.tokenizerFiles().stream().anyMatch(Files::exists);
    }

    private long captions() {
        return Math.min(CAPTIONS, samples);
    }

    private String learn() {
        BpeTrainer trainer = new BpeTrainer();
        // Sample over the whole run, since a source's captions may change in the course of it.
        long captions = captions();
        for (long i = 0; i < captions; i++) {
            trainer.add(source.caption(i * samples / captions));
        }
        return trainer.train(size);
    }
}

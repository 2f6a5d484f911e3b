package dev.clap4j.internal.tokenizer.transformers;

import dev.clap4j.internal.tokenizer.json.JsonPart;
import dev.clap4j.internal.tokenizer.pipeline.Ends;
import dev.clap4j.internal.tokenizer.pipeline.TokenizerSteps;

/** The code of a text's language, which NLLB puts before every text, or in its old layout at the end. */
final class LanguageEnds {
    private LanguageEnds() {}

    static TokenizerSteps adjust(TokenizerSteps steps, TokenizerFolder folder) {
        JsonPart config = folder.config().tokenizer();
        String language = config.text("src_lang", "eng_Latn");
        Integer code = steps.ids().get(language);
        if (code == null) {
            throw config.unexpected("src_lang", "the code of a language in the vocabulary, such as eng_Latn");
        }
        int end = folder.id("eos_token", steps.ids());
        boolean last = folder.options().languageLast() || config.flag("legacy_behaviour", false);
        return steps.with(last ? new Ends(new int[0], new int[] {end, code}) : Ends.of(code, end));
    }
}

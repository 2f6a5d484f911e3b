package dev.clap4j.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.clap4j.ClapException;
import dev.clap4j.internal.tokenizer.TokenizerReference;
import dev.clap4j.internal.tokenizer.cleaning.Cleaning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenClipTokenizerTests {
    @TempDir
    Path folder;

    private TokenizerReference read(String textConfig) throws IOException {
        return OpenClipTokenizer.read(Files.writeString(
                folder.resolve("open_clip_config.json"),
                "{\"model_cfg\": {\"text_cfg\": {" + textConfig.replace('\'', '"') + "}}}"));
    }

    @Test
    void withoutOptionsItIsOpenClipsOwn() throws IOException {
        assertThat(read("")).isEqualTo(TokenizerReference.openClip(Optional.empty(), false));
        assertThat(read("'tokenizer_kwargs':{'strip_sep_token':false,'language':null,'reduction_mask':''},"
                        + "'tokenizer_mode':'','hf_tokenizer_name':''"))
                .isEqualTo(TokenizerReference.openClip(Optional.empty(), false));
    }

    @Test
    void theCleaningIsTheConfigurations() throws IOException {
        assertThat(read("'tokenizer_kwargs':{'clean':'canonicalize'}"))
                .isEqualTo(TokenizerReference.openClip(Optional.of(Cleaning.CANONICALIZE), false));
        assertThat(read("'hf_tokenizer_name':'some/one','tokenizer_kwargs':{'clean':'whitespace'}"))
                .isEqualTo(TokenizerReference.openClip(Optional.of(Cleaning.WHITESPACE), true));
    }

    @Test
    void theLayoutIsTheConfigurations() throws IOException {
        TokenizerReference plain = TokenizerReference.openClip(Optional.empty(), true);
        assertThat(read("'hf_tokenizer_name':'some/one','tokenizer_mode':'clips'"))
                .isEqualTo(plain.with(new TokenizerReference.Layout(true, false, true)));
        assertThat(read("'hf_tokenizer_name':'some/one','tokenizer_kwargs':{'strip_sep_token':true}"))
                .isEqualTo(plain.with(new TokenizerReference.Layout(false, true, true)));
        assertThat(read("'hf_tokenizer_name':'some/one','tokenizer_kwargs':{'language':'fra_Latn'}"))
                .isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'tokenizer_kwargs':{'clean':'upper'} | tokenizer_kwargs.clean is \"upper\", expected \"lower\","
                        + " \"whitespace\" or \"canonicalize\"",
                "'tokenizer_kwargs':{'reduction_mask':'random'} | tokenizer_kwargs.reduction_mask is \"random\", expected"
                        + " \"\"; other values are not supported",
                "'tokenizer_kwargs':{'strip_sep_token':true} | hf_tokenizer_name is null, expected a name, as"
                        + " tokenizer_mode and strip_sep_token are for those",
                "'tokenizer_kwargs':{'language':7} | tokenizer_kwargs.language is 7, expected a text",
                "'tokenizer_kwargs':{'bpe_path':'/etc/passwd'} | tokenizer_kwargs.bpe_path is \"/etc/passwd\", expected"
                        + " none: of a tokenizer's options, only clean, strip_sep_token, tokenizer_mode and"
                        + " language are supported",
                "'tokenizer_kwargs':7 | tokenizer_kwargs is 7, expected an object",
                "'tokenizer_mode':'reverse' | tokenizer_mode is \"reverse\", expected \"clips\" or none",
            })
    void whatIsNotSupportedIsNamed(String textConfig, String reason) {
        assertThatExceptionOfType(ClapException.class)
                .isThrownBy(() -> read(textConfig))
                .withMessage(folder.resolve("open_clip_config.json") + ": model_cfg.text_cfg." + reason);
    }
}

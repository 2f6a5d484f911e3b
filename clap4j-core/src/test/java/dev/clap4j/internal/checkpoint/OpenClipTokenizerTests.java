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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'tokenizer_kwargs':{'clean':'upper'} | tokenizer_kwargs.clean is \"upper\", expected \"lower\","
                        + " \"whitespace\" or \"canonicalize\"",
                "'tokenizer_kwargs':{'reduction_mask':'random'} | tokenizer_kwargs.reduction_mask is \"random\", expected"
                        + " \"\"; other values are not supported",
                "'tokenizer_kwargs':{'strip_sep_token':true} | tokenizer_kwargs.strip_sep_token is true, expected false;"
                        + " other values are not supported",
                "'tokenizer_kwargs':{'bpe_path':'/etc/passwd'} | tokenizer_kwargs.bpe_path is \"/etc/passwd\", expected"
                        + " none: of a tokenizer's options, only clean is supported",
                "'tokenizer_kwargs':7 | tokenizer_kwargs is 7, expected an object",
                "'tokenizer_mode':'clips' | tokenizer_mode is \"clips\", expected none; others are not supported",
            })
    void whatIsNotSupportedIsNamed(String textConfig, String reason) {
        assertThatExceptionOfType(ClapException.class)
                .isThrownBy(() -> read(textConfig))
                .withMessage(folder.resolve("open_clip_config.json") + ": model_cfg.text_cfg." + reason);
    }
}

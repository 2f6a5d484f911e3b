package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.feature.FeatureFiles;
import dev.clap4j.feature.FeatureMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad values of options are wrong use, which the exit code tells from files that cannot be used. */
class WrongUseTests {
    @TempDir
    static Path folder;

    @BeforeAll
    static void write() throws IOException {
        TinyModel.write(folder.resolve("model"));
        TinyModel.writeHead(folder.resolve("head.safetensors"), 0.5f);
        FeatureFiles.save(
                new FeatureMatrix(List.of("a"), TinyModel.DIM, new float[TinyModel.DIM]), folder.resolve("f.npy"));
        Files.writeString(folder.resolve("twice.txt"), "dog\ndog\n");
        Files.writeString(folder.resolve("plain.txt"), "a photo\n");
    }

    private static CommandRun run(String arguments) {
        return CommandRun.of(Stream.of(arguments.split(" "))
                .map(word -> word.replace("@", folder + "/"))
                .toArray());
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " | ", quoteCharacter = '^', textBlock = """
            classify --classes dog,dog x.png | The class "dog" is named twice in "dog,dog"
            classify --classes dog, x.png | The class list "dog," has an empty name
            classify --classes "dog x.png | The list "dog has a quotation mark that is not closed
            classify x.png | Name the classes with --classes or --classes-file.
            classify --classes dog --threshold 2 x.png | --threshold is a probability from 0 to 1, not 2.0
            classify --classes dog --threshold NaN x.png | --threshold is a probability from 0 to 1, not NaN
            classify --classes dog --threshold -0.1 x.png | --threshold is a probability from 0 to 1, not -0.1
            classify --classes none_of_these,none --top 0 x.png | --top should be at least 1, not 0
            classify --classes dog --template photo x.png | The template "photo" has no place for the class name
            classify --classes dog --alpha 1 x.png | --alpha applies to a head; give one with --head
            embed --texts @plain.txt --out @x.txt | Cannot save features as
            embed --texts @plain.txt --out @x.npy --alpha 1 | --alpha applies to a head; give one with --head
            embed --texts @plain.txt --out @x.npy --head @head.safetensors --alpha NaN | --alpha should be a finite number, not NaN
            embed --pixels #x --out @x.npy | "#x" names no file
            embed --tokens #x --out @x.npy | "#x" names no file
            export --out @o --alpha 1 | --alpha applies to a head; give one with --head
            export --out @o --head @head.safetensors --alpha Infinity | --alpha should be a finite number, not Infinity
            export --out @o --classes dog,dog | The class "dog" is named twice
            export --out @o --classes dog --template photo | The template "photo" has no place
            head apply --head @head.safetensors --features @f.npy --out @x.txt | Cannot save features as
            head apply --head @head.safetensors --features @f.npy --out @x.npy --alpha NaN | --alpha should be a finite number, not NaN
            head apply --head @head.safetensors --features @f.npy --out @x.npy --repeat 9 | @head.safetensors has 0 further hidden layers, so not 9 of them
            head apply --head @head.safetensors --features #x --out @x.npy | "#x" names no file
            preprocess --images @ --out @o --max-pixels 0 | The limit of pixels should be at least 1, not 0
            prompts --classes dog --augment=OSX=0.5 | Unknown augmentation "OSX" (did you mean OSD?)
            prompts --classes dog --augment=OSD=2 | The probability of OSD
            prompts --classes dog --count 0 | The number of prompts should be at least 1, not 0
            prompts --classes dog --count 2147483647 | The number of prompts should be at least 1 and at most 1000000, not 2147483647
            prompts --classes dog --prompts poems | Unknown source of prompts "poems"
            prompts --classes dog --prompts llm: | The prompts "llm:" name no folder
            prompts --classes dog --prompts promptstyler:0 | The number of styles should be 2 to 1000, but is 0
            prompts llm --classes dog --out @o --model m --endpoint ftp://x | The endpoint "ftp://x" is not an address
            prompts llm --classes dog --out @o --model m --endpoint http://localhost:1/v1 --count 0 | The prompts of a class should be 1 to 10000, not 0
            prompts llm --classes dog --out @o --model m --endpoint http://localhost:1/v1 --question what? | The question "what?" does not name the class
            synthesize --out @o --classes dog --prompts 0 | There are 1 to 480 prompts of a class, not 0
            synthesize --out @o --classes dog --image-size 0 | The image size should be from 16 to 1024, but is 0
            synthesize --out @o --classes dog --size 32x64 | Icon world draws squares; --size should be one number of pixels
            synthesize --out @o --classes dog --steps 5 | --steps is not an option of --synthesizer iconworld, but of
            synthesize --out @o --classes dog --model m | --model is not an option of --synthesizer iconworld, but of
            synthesize --out @o --classes dog --endpoint http://h | --endpoint is not an option of --synthesizer iconworld
            synthesize --out @o --classes dog --per-prompt 0 | The pictures of a prompt should be 1 to 10000, not 0
            synthesize --out @o --classes zebu | Icon world has no zebu
            iconworld build --out @o --concepts 0 | The number of concepts should be from 1 to 187, but is 0
            iconworld sheet --out @o.png --concepts dog,dog | The class "dog" is named twice
            iconworld sheet --out @o.png --concepts zebu | Icon world has no zebu
            iconworld sheet --out @o.png --image-size 0 | The image size should be from 16 to 1024, but is 0
            bench --seconds -1 | --seconds is a time between 0 and 3600, not -1.0
            checkpoint random --out @o --architecture ViT-B/8 | There is no architecture "ViT-B/8"
            checkpoint quantize --classes dog | One class alone is always the best one
            checkpoint inspect --heads 0 @model | Invalid value for option '--heads': should be a number of heads
            pretrain --data iconworld --out @o --architecture vit | There is no architecture "vit"
            train --out @o --classes dog, | The class list "dog," has an empty name
            train --out @o --classes dog,cat --prompts poems | Unknown source of prompts "poems"
            """)
    void badValuesAreWrongUse(String arguments, String message) {
        CommandRun run = run(arguments);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.WRONG_USE);
        assertThat(run.err().lines().filter(line -> line.startsWith("clap: ")).reduce((first, last) -> last))
                .hasValueSatisfying(
                        line -> assertThat(line).startsWith(("clap: " + message).replace("@", folder + "/")));
        assertThat(run.err().lines().reduce((first, last) -> last))
                .hasValueSatisfying(line -> assertThat(line).matches("See clap .* --help"));
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " | ", quoteCharacter = '^', textBlock = """
            classify --classes-file @none.txt x.png | There is no file
            classify --classes-file @twice.txt x.png | The class "dog" is named twice in @twice.txt
            classify --classes dog --templates @plain.txt x.png | @plain.txt, line 1: "a photo" has no place for the class name
            embed --pixels @none.safetensors#x --out @x.npy | There is no
            export --out @o --head @none.safetensors | There is no
            prompts --classes dog --prompts llm:@none | There is no folder @none with prompts
            checkpoint random --out @o --architecture tiny --vocab @none.json | There is no vocabulary file @none.json
            pretrain --data iconworld --out @o --architecture @none.json | There is no file @none.json
            """)
    void filesThatCannotBeUsedAreFailures(String arguments, String message) {
        CommandRun run = run(arguments);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.FAILED);
        assertThat(run.err().lines().reduce((first, last) -> last)).hasValueSatisfying(line -> assertThat(line)
                .startsWith(("clap: " + message).replace("@", folder + "/")));
    }
}

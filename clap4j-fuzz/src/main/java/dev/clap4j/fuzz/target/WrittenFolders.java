package dev.clap4j.fuzz.target;

import dev.clap4j.Progress;
import dev.clap4j.fuzz.mutation.Input;
import dev.clap4j.prompt.llm.Chat;
import dev.clap4j.prompt.llm.PromptWriter;
import dev.clap4j.prompt.llm.WrittenPrompts;
import dev.clap4j.synthesis.ImageSynthesizer;
import dev.clap4j.synthesis.PictureFolder;
import dev.clap4j.synthesis.PromptSample;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Folders that are filled, and extended later. */
final class WrittenFolders {
    private static final Chat CHAT = new Chat() {
        @Override
        public String ask(String question) {
            return "a dog\na red dog\na small dog";
        }

        @Override
        public Map<String, String> describe() {
            return Map.of("model", "small");
        }
    };

    /** One black pixel. */
    private static final ImageSynthesizer PIXEL = new ImageSynthesizer() {
        @Override
        public BufferedImage synthesize(String prompt, String className, long seed) {
            return new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        }

        @Override
        public Map<String, String> describe() {
            return Map.of("synthesizer", "pixel");
        }

        @Override
        public void close() {}
    };

    private WrittenFolders() {}

    static List<Input> prompts() {
        return List.of(Bits.written(WrittenFolders::fillPrompts));
    }

    static void fillPrompts(Path folder) {
        WrittenPrompts.fill(
                folder, List.of("dog", "cat"), new PromptWriter(PromptWriter.QUESTION, 2), CHAT, Progress.NONE);
    }

    static List<Input> pictures() {
        return List.of(Bits.written(WrittenFolders::fillPictures));
    }

    static void fillPictures(Path folder) {
        PictureFolder.fill(folder, new PromptSample(List.of("dog", "cat"), 2, 7), PIXEL, Progress.NONE);
    }
}

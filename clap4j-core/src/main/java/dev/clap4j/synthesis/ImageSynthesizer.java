package dev.clap4j.synthesis;

import java.awt.image.BufferedImage;
import java.util.Map;

/**
 * Synthesizes pictures from prompts. Thread-safe; owns its resources until closed.
 *
 * <p>CLAP's Im.Aug is trained on such pictures: one for each template prompt of a class (CLAP, section 4.1). {@link
 * PictureFolder} fills a folder with the pictures of any synthesizer.
 */
public interface ImageSynthesizer extends AutoCloseable {
    /**
     * Synthesizes a picture. The same arguments give the same pixels, unless the synthesizer says otherwise.
     *
     * @param prompt the description of the picture, for instance a template prompt
     * @param className the class that the prompt mentions
     * @param seed determines everything that the prompt leaves open
     * @return an image of any type; only its red, green and blue are used
     * @throws dev.clap4j.ClapException if the class is unknown, or there is no picture for another reason
     */
    BufferedImage synthesize(String prompt, String className, long seed);

    /**
     * Synthesizes a picture of a sample; like {@link #synthesize(String, String, long)}, unless pictures of a prompt
     * differ in more than their seeds.
     *
     * @throws dev.clap4j.ClapException likewise
     */
    default BufferedImage synthesize(PromptSample.Item item) {
        return synthesize(item.prompt(), item.className(), item.seed());
    }

    /**
     * Checks that the pictures of a sample can be made, as far as that is known before.
     *
     * @throws dev.clap4j.ClapException if they cannot
     */
    default void check(PromptSample sample) {}

    /** Returns everything besides prompt and seed that determines the pixels, by name, for the record. */
    Map<String, String> describe();

    /** Returns the number of pictures to synthesize in parallel, at least 1: one, unless the synthesizer gains by more. */
    default int atOnce() {
        return 1;
    }

    @Override
    void close();
}

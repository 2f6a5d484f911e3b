package dev.clap4j.synthesis;

import dev.clap4j.internal.image.Bitmap;
import java.util.Map;

/**
 * Synthesizes pictures from prompts. Thread-safe; owns its resources until closed.
 *
 * <p>CLAP's Im.Aug is trained on such pictures: one for each template prompt of a class (CLAP, section 4.1).
 */
public interface ImageSynthesizer extends AutoCloseable {
    /**
     * Synthesizes a picture. The same arguments give the same bytes.
     *
     * @param prompt the description of the picture, for instance a template prompt
     * @param className the class that the prompt mentions
     * @param seed determines everything that the prompt leaves open
     * @return a bitmap of mode RGB
     * @throws dev.clap4j.ClapException if the class is unknown
     */
    Bitmap synthesize(String prompt, String className, long seed);

    /** Returns everything besides prompt and seed that determines the bytes, by name, for the record. */
    Map<String, String> describe();

    @Override
    void close();
}

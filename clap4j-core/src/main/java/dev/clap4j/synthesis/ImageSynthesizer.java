package dev.clap4j.synthesis;

import dev.clap4j.internal.image.Bitmap;
import java.util.Map;

/**
 * Makes pictures from prompts. Safe for several threads; owns what it renders or runs with until closed.
 *
 * <p>CLAP's Im.Aug is trained on such pictures: one for each template prompt of a class (CLAP, section 4.1).
 */
public interface ImageSynthesizer extends AutoCloseable {
    /**
     * A picture. The same arguments give the same bytes.
     *
     * @param prompt what it shows and how, for instance a template prompt
     * @param className the class that the prompt speaks of
     * @param seed of everything that the prompt leaves open
     * @return a bitmap of mode RGB
     * @throws dev.clap4j.ClapException if it knows no such class
     */
    Bitmap synthesize(String prompt, String className, long seed);

    /** Everything besides prompt and seed that decides about the bytes, by name, for the record. */
    Map<String, String> describe();

    @Override
    void close();
}

package dev.clap4j.hub;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.internal.hub.NamedModels;
import java.nio.file.Path;

/**
 * Models of the Hugging Face hub by name. {@code Clip.load("openai/clip-vit-base-patch16")} does the same where this
 * artifact is on the class path; this class shows the progress, and updates.
 *
 * <pre>{@code
 * Path folder = Hub.resolve("ViT-B-16:laion2b_s34b_b88k", Progress.NONE);
 * try (Clip clip = Clip.load(folder)) { … }
 * }</pre>
 *
 * <p>Names are {@code owner/name[@revision]}, or open_clip's {@code ARCHITECTURE:TAG}. Files are kept in the cache that
 * Python's {@code huggingface_hub} uses too, and its environment variables are respected: {@code HF_HUB_CACHE}, {@code
 * HF_HOME}, {@code HF_ENDPOINT}, {@code HF_HUB_OFFLINE}, {@code HF_TOKEN} and others.
 */
public final class Hub {
    private Hub() {}

    /**
     * Returns the folder of a model. A model that is in the cache is used as it is, without asking the hub; otherwise
     * the files that are needed are downloaded. A download that was interrupted is resumed.
     *
     * @param name the model's name
     * @param progress receives the cost as a milestone first, then one part in megabytes
     * @return a folder for {@code Clip.load}
     * @throws ClapException if there is no such model, access is denied, or it is neither in the cache nor can be
     *     downloaded
     */
    public static Path resolve(String name, Progress progress) {
        return new NamedModels().find(name, progress);
    }

    /**
     * Brings a model up to date with the hub and returns its folder.
     *
     * @throws ClapException if there is no such model, access is denied, or it cannot be downloaded
     */
    public static Path pull(String name, Progress progress) {
        return new NamedModels().pull(name, progress);
    }
}

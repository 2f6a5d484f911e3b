package dev.clap4j.internal.diffusion.model;

/** The kinds of pipelines, by the class that a model's {@code model_index.json} names. */
public enum PipelineKind {
    /** Stable Diffusion 1 and 2 (Rombach et al. 2022), Turbo included. */
    STABLE_DIFFUSION("StableDiffusionPipeline"),
    /** Stable Diffusion XL (Podell et al. 2023), with two text encoders and the picture's sizes as conditions. */
    STABLE_DIFFUSION_XL("StableDiffusionXLPipeline"),
    /** Latent consistency models (Luo et al. 2023), which take the guidance as a condition. */
    LATENT_CONSISTENCY("LatentConsistencyModelPipeline");

    private final String className;

    PipelineKind(String className) {
        this.className = className;
    }

    /** Returns the name of the class in diffusers. */
    public String className() {
        return className;
    }
}

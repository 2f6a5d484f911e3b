/** Random views of images, drawn as torchvision draws them: what Im.Aug learns to see through. */
package dev.clap4j.training.augment;

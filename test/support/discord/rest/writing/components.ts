/**
 * Components as Discord gives them back: numbered, with what they leave out, and their files with an address.
 *
 * Source  https://docs.discord.com/developers/components/reference
 */
import {
  type APIMessageComponent,
  type APIMessageTopLevelComponent,
  ComponentType,
} from 'discord-api-types/v10';
import type { mediaFinder } from './files.ts';
import { everyComponent } from './walk.ts';

/** Each as it is shown; the numbers that are given stay, the others count up from 1. */
export function asShown(
  components: APIMessageTopLevelComponent[],
  find: ReturnType<typeof mediaFinder>,
): APIMessageTopLevelComponent[] {
  const taken = new Set([...everyComponent(components)].map(({ id }) => id).filter(Boolean));
  let last = 0;
  const nextId = () => {
    do last += 1;
    while (taken.has(last));
    return last;
  };

  function shown(component: APIMessageComponent): unknown {
    const own = { ...withoutNulls(component), id: component.id || nextId() };
    switch (component.type) {
      case ComponentType.ActionRow:
        return { ...own, components: component.components.map(shown) };
      case ComponentType.Container:
        return {
          ...own,
          accent_color: component.accent_color ?? null,
          spoiler: component.spoiler ?? false,
          components: component.components.map(shown),
        };
      case ComponentType.Section:
        return { ...own, components: component.components.map(shown), accessory: shown(component.accessory) };
      case ComponentType.Thumbnail:
        return { ...own, ...picture(component) };
      case ComponentType.MediaGallery:
        return { ...own, items: component.items.map(picture) };
      case ComponentType.File: {
        const { media, file } = find(component.file.url);
        const { filename: name = null, size = null } = file ?? {};
        return { ...own, file: media, name, size, spoiler: component.spoiler ?? false };
      }
      case ComponentType.Separator:
        return { ...own, divider: component.divider ?? true, spacing: component.spacing ?? 1 };
      default:
        return own;
    }
  }

  const picture = (one: { media: { url: string }; description?: string | null; spoiler?: boolean }) => ({
    media: find(one.media.url).media,
    description: one.description ?? null,
    spoiler: one.spoiler ?? false,
  });

  return components.map(shown) as APIMessageTopLevelComponent[];
}

function withoutNulls(component: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(component).filter(([, value]) => value !== null));
}

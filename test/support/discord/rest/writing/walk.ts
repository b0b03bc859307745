import { type APIMessageComponent, ComponentType } from 'discord-api-types/v10';

/** Components and all that is in them, each before what it holds. */
export function* everyComponent(components: readonly APIMessageComponent[]): Generator<APIMessageComponent> {
  for (const component of components) {
    yield component;
    yield* everyComponent(childrenOf(component));
  }
}

/** The texts that a message's components show. */
export function textsOf(components: readonly APIMessageComponent[]): string[] {
  return [...everyComponent(components)].flatMap((one) =>
    one.type === ComponentType.TextDisplay ? one.content : [],
  );
}

/** The files and pictures that they show. */
export function mediaOf(
  components: readonly APIMessageComponent[],
): { url: string; attachment_id?: string }[] {
  return [...everyComponent(components)].flatMap((one) => {
    if (one.type === ComponentType.MediaGallery) return one.items.map(({ media }) => media);
    if (one.type === ComponentType.Thumbnail) return one.media;
    return one.type === ComponentType.File ? one.file : [];
  });
}

function childrenOf(component: APIMessageComponent): readonly APIMessageComponent[] {
  switch (component.type) {
    case ComponentType.ActionRow:
    case ComponentType.Container:
      return component.components;
    case ComponentType.Section:
      return [...component.components, component.accessory];
    default:
      return [];
  }
}

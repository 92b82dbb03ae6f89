import { Button } from "@mantine/core";

interface TreeButtonsProps {
  readonly openAll: () => void;
  readonly closeAll: () => void;
}

/** Opens or closes every group of a tree: what `useTree` answers. */
export function TreeButtons({ openAll, closeAll }: TreeButtonsProps) {
  return (
    <>
      <Button size="compact-xs" variant="default" onClick={openAll}>
        Open all
      </Button>
      <Button size="compact-xs" variant="default" onClick={closeAll}>
        Close all
      </Button>
    </>
  );
}
